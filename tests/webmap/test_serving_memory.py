"""What a server process does to stay small."""

import subprocess
import sys

SCRIPT = """
from webmap.serving.memory import save_memory
save_memory()
import pyarrow
print(pyarrow.default_memory_pool().backend_name)
"""


def test_a_server_gives_the_memory_of_tables_back() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["system"]
