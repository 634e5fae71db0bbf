"""Huey's queues, one a lane; huey is imported only by who asks for a job or does one."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from geo.errors import ArgumentError, DiskFullError, StoreError
from layers.jobs.order import Lane

FILE = "queue.sqlite"
NAMES: dict[Lane, str] = {"long": "jobs", "short": "jobs-short"}


class Queue:
    """Huey's queues with their one task: there is something to do. They lie in a file of the home, or with ``url`` in Redis."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self._home = home
        self._url = url
        self._opened: dict[Lane, tuple[Any, Any]] = {}
        self._work: Callable[[], None] | None = None

    def enqueue(self, job: str, lane: Lane) -> None:
        """Tell some worker of a lane of a job.

        Raises:
            StoreError, DiskFullError: the queue cannot be written.
            ArgumentError: Redis is asked for and its package is not installed.
        """
        with _explained():
            self._huey(lane)[1](job)

    def consume(self, lane: Lane, work: Callable[[], None]) -> None:
        """Call ``work`` whenever a lane has something to do, until a signal ends the process; to be called in the main
        thread."""
        self._work = work
        with _explained():
            self._huey(lane)[0].create_consumer(
                workers=1,
                periodic=False,
                initial_delay=0.1,
                backoff=1.15,
                max_delay=0.5,
                check_worker_health=False,
            ).run()

    def _huey(self, lane: Lane) -> tuple[Any, Any]:
        if lane not in self._opened:
            name = NAMES[lane]
            huey = _in_file(self._home, name) if self._url is None else _in_redis(self._url, name)

            def run(job: str) -> None:
                if self._work is None:
                    raise RuntimeError(f"{job}: this process takes no jobs")
                self._work()

            self._opened[lane] = huey, huey.task(name="run")(run)
        return self._opened[lane]


def _in_file(home: Path, name: str) -> Any:
    from huey import SqliteHuey

    return SqliteHuey(name, filename=str(home / FILE), results=False)


def _in_redis(url: str, name: str) -> Any:
    try:
        from huey import RedisHuey
        from redis import ConnectionPool
    except ImportError as error:
        raise ArgumentError("设置 queue_url 要用 Redis，还没有安装：pip install redis。") from error
    try:
        pool = ConnectionPool.from_url(url)
    except ValueError as error:
        raise ArgumentError("设置 queue_url 不对，应写成 redis://主机:6379/0。") from error
    return RedisHuey(name, connection_pool=pool, results=False)


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """Turn what the queue refuses into a StoreError; ``redis`` is told by the module of its errors."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
            raise DiskFullError("硬盘没有空间了，没有存下。腾出空间后再试。") from error
        raise StoreError(
            "任务队列 {file} 不能用：{why}。可以删除它，任务不会丢。", file=FILE, why=error
        ) from error
    except OSError as error:
        raise StoreError("任务队列连不上：{why}。", why=error) from error
    except Exception as error:
        if type(error).__module__.partition(".")[0] != "redis":
            raise
        raise StoreError(
            "任务队列连不上：{why}。检查 Redis 是否在运行、queue_url 是否写对。", why=error
        ) from error
