"""Scenarios of planners: a question under a name, at an address that cannot be guessed.

A scenario is the query of a coverage question, not its answer: opened later it is asked again. The editions of the
day it was saved stand beside it, so that whoever opens it learns whether the data have changed since.
"""

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select

from geo.errors import ArgumentError, UnknownScenarioError
from layers.database import Database
from layers.database.tables import scenarios

TOKEN_BYTES = 16
TOKEN = re.compile(r"[0-9a-f]{32}")
LONGEST_NAME = 60
LONGEST_QUERY = 8000
MOST = 10_000
"""Scenarios that one store keeps; the oldest give way."""


@dataclass(frozen=True)
class Scenario:
    """``query`` is the canonical query string; ``editions`` maps layers to what was current when it was saved."""

    token: str
    name: str
    query: str
    editions: Mapping[str, str]
    saved_by: str
    saved_at: str


class Scenarios:
    """The table of scenarios."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, name: str, query: str, *, editions: Mapping[str, str], by: str) -> Scenario:
        """Keep a question under a name; ``by`` is the role that saves it.

        Raises:
            ArgumentError: the name is empty, or name or query are too long.
        """
        scenario = Scenario(
            token=secrets.token_hex(TOKEN_BYTES),
            name=_checked_name(name),
            query=_checked_query(query),
            editions=dict(editions),
            saved_by=by,
            saved_at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        kept = select(scenarios.c.number).order_by(scenarios.c.number.desc()).limit(MOST)
        with self._database.writing() as connection:
            connection.execute(
                insert(scenarios).values(
                    token=scenario.token, name=scenario.name, query=scenario.query,
                    editions=json.dumps(dict(editions)), saved_by=by, saved_at=scenario.saved_at,
                )
            )  # fmt: skip
            connection.execute(delete(scenarios).where(scenarios.c.number.not_in(kept)))
        return scenario

    def get(self, token: str) -> Scenario:
        """The scenario of a token; raises UnknownScenarioError."""
        row = None
        if TOKEN.fullmatch(token):
            with self._database.reading() as connection:
                row = connection.execute(select(scenarios).where(scenarios.c.token == token)).first()
        if row is None:
            raise UnknownScenarioError("没有这个方案，链接不完整或方案已删除。")
        return Scenario(row.token, row.name, row.query, json.loads(row.editions), row.saved_by, row.saved_at)


def _checked_name(name: str) -> str:
    text = " ".join(name.split())
    if not text:
        raise ArgumentError("方案要有名称。")
    if len(text) > LONGEST_NAME:
        raise ArgumentError("方案名称最多 {most} 个字，收到 {n} 个。", most=LONGEST_NAME, n=len(text))
    return text


def _checked_query(query: str) -> str:
    if len(query) > LONGEST_QUERY:
        raise ArgumentError("方案的条件太长，最多 {most} 个字符，减少拟建点。", most=LONGEST_QUERY)
    return query
