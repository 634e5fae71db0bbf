"""A client that holds every answer of the API against what its route declares: its model, and whether it has a tag."""

import gzip
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from webmap.api.models import GeoJsonFile, Model, Problem
from webmap.api.operations import OPERATIONS, Operation, Tagged

OF_THE_SERVER = (405, 413, 500)


class CheckedClient(FlaskClient):
    """Fails where an answer has a member too many, one too few, or one of another type."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        answer = super().open(*args, **options)
        check_tag(self.application, answer)
        model = model_of(self.application, answer)
        if model is not None:
            packed = answer.headers.get("Content-Encoding") == "gzip"
            model.model_validate_json(gzip.decompress(answer.data) if packed else answer.data)
        return answer


def model_of(app: Flask, answer: TestResponse) -> type[Model] | None:
    """What an answer must be; None for files, pictures, pages and answers without a body."""
    kind = answer.mimetype or ""  # an answer of nothing new has none
    if kind == "application/problem+json":
        check_refusal(app, answer)
        return Problem
    if not kind.endswith("json") or answer.request.method == "HEAD":
        return None
    operation = operation_of(app, answer)
    if operation is None or answer.status_code == operation.status:
        return operation and (operation.answer or GeoJsonFile)
    said = f"{answer.request.path} says nothing of {answer.status_code}"
    assert answer.status_code in operation.also, said
    return operation.also[answer.status_code]


def operation_of(app: Flask, answer: TestResponse) -> Operation | None:
    """What the route of an answer declares; None for those of pages and for addresses that there are not."""
    try:
        endpoint, _ = app.url_map.bind("").match(answer.request.path, answer.request.method)
    except HTTPException:
        return None
    return OPERATIONS[app.view_functions[endpoint]] if endpoint.startswith("api.") else None


def check_refusal(app: Flask, answer: TestResponse) -> None:
    """A route says how it may refuse, besides what the server itself may say to anyone."""
    operation = operation_of(app, answer)
    if operation is not None and answer.status_code not in OF_THE_SERVER:
        said = f"{answer.request.path} says nothing of {answer.status_code}"
        assert answer.status_code in {*operation.refuses, *operation.also}, said


def check_tag(app: Flask, answer: TestResponse) -> None:
    """Only a route that says so answers with a tag."""
    if "ETag" in answer.headers:
        assert isinstance(operation_of(app, answer) or Tagged(), Tagged), f"{answer.request.path} says no tag"
