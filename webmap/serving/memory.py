"""What keeps a server process small: one allocator for tables, few heaps for threads.

Arrow's own pool keeps what the reading of a layer once took, and glibc gives every thread a heap that keeps its peak.
Measured with ``python -m benchmarks serving``: 360 MB a worker without this, 300 MB with it.
"""

import ctypes
import sys

ARENA_MAX = -8
"""M_ARENA_MAX of glibc's mallopt."""
HEAPS = 2


def save_memory() -> None:
    """Call in a process that serves or works, before its threads start."""
    import pyarrow

    pyarrow.set_memory_pool(pyarrow.system_memory_pool())
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if sys.platform == "linux" else None
    if mallopt is not None:
        mallopt(ARENA_MAX, HEAPS)
