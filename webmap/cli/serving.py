"""The serve command: gunicorn, or waitress where there is none, with a job worker beside it; and more workers."""

import gc
import importlib.util
import ipaddress
import socket
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import ArgumentError, ExposedDemoError, GovmapError
from webmap.cli.context import for_terminal, print_line, the_county
from webmap.jobs.beside import be_nice, worker_beside, worker_kept
from webmap.serving.memory import save_memory
from webmap.settings import load_settings

if TYPE_CHECKING:
    from flask import Flask

    from layers.jobs import Lane

commands = typer.Typer()
THREADS = 8
GRACE_S = 20


@commands.command()
def serve(
    host: Annotated[str, typer.Option(help="监听地址。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="监听端口。")] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64, help="进程数。")] = 2,
    cert: Annotated[Path | None, typer.Option(help="证书文件（PEM），和 --key 一起用。")] = None,
    key: Annotated[Path | None, typer.Option(help="私钥文件（PEM）。")] = None,
) -> None:
    """启动网页服务。"""
    save_memory()
    county = the_county()
    _check_files(cert, key)
    county.database.upgrade()
    if county.store.all_demo() and not _is_loopback(host):
        raise ExposedDemoError(
            "现在全部是演示数据，页面上可以随意切换身份，所以只能在本机打开（--host 127.0.0.1）。"
            "导入自己的数据后，身份切换自动关闭，再用 --host {host}。",
            host=host,
        )
    county.database.close()  # before processes are forked
    _check_port(host, port)
    scheme = "https" if cert else "http"
    print_line(f"{county.settings.title.get(county.settings.language)}：{scheme}://{_shown(host)}:{port}")
    with worker_beside():
        if importlib.util.find_spec("gunicorn") is not None and importlib.util.find_spec("fcntl") is not None:
            _gunicorn(host, port, workers, cert, key)
        else:
            _waitress(host, port, cert)


@commands.command()
def worker(
    beside: Annotated[bool, typer.Option("--beside", hidden=True, help="标准输入关闭时结束。")] = False,
    long: Annotated[bool, typer.Option("--long", hidden=True, help="只做较久的任务。")] = False,
) -> None:
    """启动任务进程：选址等较久的计算由它来做，短的和久的各一次一个，互不等待；serve 已自带。"""
    be_nice()
    save_memory()
    from webmap.jobs.kinds import run_worker

    the_county().database.upgrade()
    lane: Lane = "long" if long else "short"
    with nullcontext() if long else worker_kept("--long"):
        run_worker(load_settings(), lane, until_input_ends=beside)


def _check_files(cert: Path | None, key: Path | None) -> None:
    if (cert is None) != (key is None):
        raise ArgumentError("--cert 和 --key 要一起给。")
    for file in (cert, key):
        if file is not None and not file.is_file():
            raise ArgumentError("没有文件 {file}。", file=file)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_port(host: str, port: int) -> None:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise ArgumentError(
            "不能在 {host}:{port} 监听：{why}。换一个 --port 或 --host。",
            host=host,
            port=port,
            why=error.strerror,
        ) from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _make_app(host: str) -> "Flask":
    from webmap import create_app
    from webmap.viewer import LOCAL

    app = create_app(load_settings())
    app.config[LOCAL] = _is_loopback(host)
    return app


def _prepared(host: str) -> "Flask":
    """The application with all that its processes would otherwise work out each for itself, to be forked."""
    app = _make_app(host)
    app.extensions["govmap_warm"].prepare()
    gc.collect()
    gc.freeze()  # the collector of a fork leaves shared memory alone
    return app


def _gunicorn(host: str, port: int, workers: int, cert: Path | None, key: Path | None) -> None:
    from gunicorn.app.base import BaseApplication

    options: dict[str, Any] = {
        "bind": f"{_shown(host)}:{port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "certfile": str(cert) if cert else None,
        "keyfile": str(key) if key else None,
        "loglevel": "warning",
        "graceful_timeout": GRACE_S,
        "control_socket_disable": True,
        "preload_app": True,
    }

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in options.items():
                if value is not None and name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> "Flask":
            return _prepared(host)

        def reload(self) -> None:
            """On SIGHUP: settings, declarations and editions as they are now; the old ones go on where they do not hold."""
            super().reload()
            try:
                self.callable = self.load()
            except GovmapError as error:
                sys.stderr.write(f"error[{error.code}]: {for_terminal(str(error))}\n")

    Server().run()


def _waitress(host: str, port: int, cert: Path | None) -> None:
    if cert is not None:
        raise ArgumentError("这台机器上的服务程序（waitress）不能直接用证书，在前面放一个反向代理。")
    from waitress import serve as serve_forever

    app = _make_app(host)
    app.extensions["govmap_warm"].begin()
    serve_forever(app, host=host, port=port, threads=THREADS)
