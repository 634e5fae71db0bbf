"""A client that holds every answer of the API against the model that its route declares."""

import gzip
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from webmap.api.models import GeoJsonFile, Model, Problem
from webmap.api.operations import OPERATIONS


class CheckedClient(FlaskClient):
    """Fails where an answer has a member too many, one too few, or one of another type."""

    def open(self, *args: Any, **options: Any) -> TestResponse:
        answer = super().open(*args, **options)
        model = model_of(self.application, answer)
        if model is not None:
            packed = answer.headers.get("Content-Encoding") == "gzip"
            model.model_validate_json(gzip.decompress(answer.data) if packed else answer.data)
        return answer


def model_of(app: Flask, answer: TestResponse) -> type[Model] | None:
    """What an answer must be; None for files, pictures, pages and answers without a body."""
    kind = answer.mimetype or ""  # an answer of nothing new has none
    if kind == "application/problem+json":
        return Problem
    if not kind.endswith("json") or answer.request.method == "HEAD":
        return None
    try:
        endpoint, _ = app.url_map.bind("").match(answer.request.path, answer.request.method)
    except HTTPException:
        return None
    if not endpoint.startswith("api."):
        return None
    operation = OPERATIONS[app.view_functions[endpoint]]
    if answer.status_code == operation.status:
        return operation.answer or GeoJsonFile
    assert answer.status_code in operation.also, f"{endpoint} says nothing of {answer.status_code}"
    return operation.also[answer.status_code]
