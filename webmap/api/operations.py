"""The table of what each route takes and gives; routes enter themselves where they are declared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import BaseModel, Field

from webmap.api.models import Model
from webmap.api.query import Query

JSON = "application/json"
REFUSALS = (400, 403, 404, 422, 503)
"""What a route may answer instead."""
OPERATIONS: "dict[Callable[..., object], Operation]" = {}
"""By the function of the route."""
Route = TypeVar("Route", bound=Callable[..., object])


@dataclass(frozen=True)
class Operation:
    """A decorator below ``@blueprint.…`` that says what a route does.

    ``answer`` is the model of what comes back with ``status``, None for a file; ``kinds`` are its media types;
    ``asks`` are the parameters, ``sends`` the body; ``also`` are other answers and refusals by status, None for a
    problem, except for 302, which has no body; ``refuses`` are the usual refusals, fewer where a route cannot give all.
    """

    answer: type[Model] | None = None
    asks: type[Query] = Query
    sends: type[BaseModel] | None = None
    status: int = 200
    kinds: tuple[str, ...] = (JSON,)
    also: Mapping[int, type[Model] | None] = field(default_factory=dict)
    refuses: tuple[int, ...] = REFUSALS

    def __call__(self, route: Route) -> Route:
        OPERATIONS[route] = self
        return route


class Tagged(Operation):
    """The same for a route whose answer has a tag (``serving.answers``): asked with it again, nothing new is 304."""


class Address(BaseModel):
    layer_id: str = Field(description="Id of a layer, as /api/layers lists them")
    key: str = Field(description="Key of a record in its layer")
    theme_id: str = Field(description="Id of a named map, as /api/themes lists them")
    code: str = Field(description="Division code")
    token: str = Field(description="Token of a saved question or an export: 32 hexadecimal digits")
    job_id: str = Field(description="Id of a job, as POST /api/jobs gives it")
