"""A reader of our server with cookies, as a browser has them, but without pages."""

import json
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any


class Reader:
    """Asks one server; ``become`` chooses whose eyes."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self._token = ""

    def become(self, role: str) -> None:
        form = urllib.parse.urlencode({"role": role, "csrf_token": self._tokened()}).encode()
        self._opener.open(f"{self._address}/viewer", form, timeout=60).read()

    def get(self, path: str) -> bytes:
        request = urllib.request.Request(self._address + path, headers={"Accept-Encoding": "gzip"})
        with self._opener.open(request, timeout=60) as answer:
            body: bytes = answer.read()
        return body

    def send(self, path: str, document: dict[str, Any]) -> Any:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self._tokened()}
        request = urllib.request.Request(self._address + path, json.dumps(document).encode(), headers)
        with self._opener.open(request, timeout=60) as answer:
            return json.load(answer)

    def _tokened(self) -> str:
        if not self._token:
            self._token = json.loads(self._opener.open(f"{self._address}/api/token", timeout=60).read())[
                "token"
            ]
        return self._token
