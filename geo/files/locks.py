"""Locks on open files, which the system lets go when a process dies, however it dies."""

import os
from typing import IO


def lock(handle: IO[bytes], *, wait: bool) -> bool:
    """Lock an open file for this process alone; False when another holds it and ``wait`` is not wanted."""
    if os.name == "nt":
        import msvcrt

        handle.seek(0)
        how = msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK  # type: ignore[attr-defined,unused-ignore]
        try:
            msvcrt.locking(handle.fileno(), how, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
