"""The machine's own Firefox, driven by the protocol that it speaks itself (W3C WebDriver BiDi), without a driver beside it."""

import asyncio
import base64
import itertools
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp

LISTENING = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
START_S = 60
ANSWER_S = 60.0
KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "/": "/"}
PREFERENCES = """
user_pref("intl.accept_languages", "zh-CN, zh");
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
user_pref("network.proxy.no_proxies_on", "127.0.0.1");
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.update.disabledForTesting", true);
"""
"""A reader of Chinese whose network ends at the server."""


class Tab:
    """One tab; ``said`` are errors and warnings of its pages."""

    def __init__(self, loop: asyncio.AbstractEventLoop, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._loop, self._socket = loop, socket
        self._numbers = itertools.count(1)
        self.said: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded"])
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to one command; raises AssertionError with the browser's words when it fails."""
        return self._loop.run_until_complete(asyncio.wait_for(self._ask(method, params), ANSWER_S))

    async def _ask(self, method: str, params: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            said = await self._socket.receive_json()
            if said.get("method") == "log.entryAdded" and said["params"]["level"] in ("error", "warn"):
                self.said.append(str(said["params"]["text"]))
            if said.get("id") == number:
                assert said["type"] == "success", said
                result: dict[str, Any] = said["result"]
                return result

    def size(self, width: int, height: int) -> None:
        self.ask(
            "browsingContext.setViewport", context=self.context, viewport={"width": width, "height": height}
        )

    def open(self, url: str) -> None:
        """Go to an address and wait until the map is drawn."""
        self.value(
            "void (window.wasBefore = true)"
        )  # the answer may come while the page before still stands there
        self.ask("browsingContext.navigate", context=self.context, url=url, wait="complete")
        self.wait("!window.wasBefore && document.documentElement?.dataset.mapState === 'ready'")

    def value(self, expression: str) -> Any:
        """What a script says: a text, a number, true or false, null."""
        found = self.ask(
            "script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True
        )
        assert found["type"] == "success", found
        return found["result"].get("value")

    def wait(self, expression: str) -> None:
        """Until a script says something true."""
        until = time.monotonic() + ANSWER_S
        while not self.value(expression):
            assert time.monotonic() < until, expression
            time.sleep(0.05)

    def keys(self, *keys: str) -> None:
        """Press keys one after the other, as fast as they come."""
        actions = [
            {"type": what, "value": KEYS.get(key, key)} for key in keys for what in ("keyDown", "keyUp")
        ]
        self.ask(
            "input.performActions",
            context=self.context,
            actions=[{"type": "key", "id": "keyboard", "actions": actions}],
        )

    def back(self) -> None:
        self.ask("browsingContext.traverseHistory", context=self.context, delta=-1)

    def picture(self) -> bytes:
        """The window as PNG."""
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self.context)["data"])


@contextmanager
def firefox(program: str, profile: Path) -> Iterator[Tab]:
    """A Firefox with a profile of its own, and its one tab."""
    (profile / "user.js").write_text(PREFERENCES, "utf-8")
    command = [
        program,
        "--headless",
        "--remote-debugging-port",
        "0",
        "--no-remote",
        "--profile",
        str(profile),
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        loop = asyncio.new_event_loop()
        try:
            address = _address(process)
            session = loop.run_until_complete(_session())
            socket = loop.run_until_complete(session.ws_connect(f"{address}/session", max_msg_size=0))
            yield Tab(loop, socket)
            loop.run_until_complete(session.close())
        finally:
            process.terminate()
            process.communicate(timeout=START_S)
            loop.close()


async def _session() -> aiohttp.ClientSession:
    return aiohttp.ClientSession()


def _address(process: "subprocess.Popen[bytes]") -> str:
    assert process.stderr is not None
    until = time.monotonic() + START_S
    for line in process.stderr:
        if found := LISTENING.search(line):
            return found[1].decode()
        assert time.monotonic() < until, "Firefox has not said where it listens"
    raise AssertionError("Firefox ended before it listened")
