"""What the reading process gives up before it touches a file."""

import ctypes
import os
import sys
import threading

CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000


def confine(*, memory_bytes: int, cpu_s: int, file_bytes: int) -> None:
    """Limit memory, processor time and the size of written files, and leave the network, where the system
    can: Linux does all of it, macOS the first three, Windows none (the parent still limits the time).

    To be called before any library starts threads.
    """
    _leave_network()
    try:
        import resource
    except ImportError:
        return
    limits = [
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ]
    for which, wanted in limits:
        _, hard = resource.getrlimit(which)
        ceiling = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(which, (ceiling, ceiling))


def die_with_parent() -> None:
    """End this process when the parent goes away, which closes our standard input."""

    def _watch() -> None:
        while os.read(0, 1024):
            pass
        os._exit(4)

    threading.Thread(target=_watch, daemon=True).start()


def _leave_network() -> None:
    """A network namespace without interfaces. Where the kernel forbids it, what remains is that no driver
    that can reach a network is registered.
    """
    if not sys.platform.startswith("linux"):
        return
    unshare = ctypes.CDLL(None, use_errno=True).unshare
    if unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)
