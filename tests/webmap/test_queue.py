"""The queue between those who ask for jobs and workers: in a file, or in Redis where several hosts run."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError

from geo.errors import ArgumentError, StoreError
from layers.jobs import Queue
from webmap.settings import load_settings

PATIENCE_S = 30


@pytest.fixture
def redis_url(tmp_path: Path) -> Iterator[str]:
    if shutil.which("redis-server") is None:
        pytest.skip("Redis is not installed: apt-get install redis-server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        "redis-server",
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(tmp_path),
    ]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process, Redis(port=port) as client:
        until = time.monotonic() + PATIENCE_S
        while True:
            try:
                client.ping()
                break
            except RedisConnectionError:
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/1"
        process.terminate()


def waiting(queue: Queue) -> int:
    return int(queue._huey("long")[0].pending_count())


def test_ids_lie_in_a_file_that_all_processes_share(tmp_path: Path) -> None:
    Queue(tmp_path).enqueue("a" * 32, "long")
    assert (tmp_path / "queue.sqlite").is_file()
    assert waiting(Queue(tmp_path)) == 1


def test_a_queue_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    (tmp_path / "queue.sqlite").write_bytes(b"this is no database, only text " * 40)
    with pytest.raises(StoreError, match=r"queue\.sqlite.*任务不会丢"):
        Queue(tmp_path).enqueue("a" * 32, "long")


def test_redis_carries_ids_between_hosts(tmp_path: Path, redis_url: str) -> None:
    Queue(tmp_path / "one", redis_url).enqueue("a" * 32, "long")
    other = Queue(tmp_path / "two", redis_url)
    assert waiting(other) == 1
    done: list[str] = []
    other._work = lambda: done.append("all that waits")
    huey = other._huey("long")[0]
    huey.execute(huey.dequeue())
    assert done == ["all that waits"]
    assert list(tmp_path.glob("*/queue.sqlite")) == []


def test_a_redis_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Redis 是否在运行") as refused:
        Queue(tmp_path, "redis://:hidden-word@127.0.0.1:1/0").enqueue("a" * 32, "long")
    assert "hidden-word" not in str(refused.value)


def test_an_address_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="redis://"):
        Queue(tmp_path, "http://:hidden-word@h").enqueue("a" * 32, "long")


def test_without_its_package_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ArgumentError, match="pip install redis"):
        Queue(tmp_path, "redis://127.0.0.1/0").enqueue("a" * 32, "long")


def test_settings_name_database_and_queue_and_show_no_password(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GOVMAP_DATABASE_URL", "postgresql://u:hidden-word@h/n")
    monkeypatch.setenv("GOVMAP_QUEUE_URL", "redis://:hidden-word@h/0")
    settings = load_settings()
    assert settings.of_county().database_url == "postgresql://u:hidden-word@h/n"
    assert settings.queue_url is not None
    assert settings.queue_url.get_secret_value() == "redis://:hidden-word@h/0"
    assert "hidden-word" not in f"{settings!r}{settings.of_county()!r}{settings.model_dump_json()}"
