"""QGIS in a process of its own, where the system's Python has it."""

import os
import subprocess
from pathlib import Path
from typing import Self

SYSTEM_PYTHON = Path("/usr/bin/python3")
SCRIPT = Path(__file__).parent / "peer_sheet.py"


def installed() -> bool:
    """Whether python3-qgis answers."""
    if not SYSTEM_PYTHON.exists():
        return False
    found = subprocess.run([SYSTEM_PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    return found.returncode == 0


class Qgis:
    """Exports the sheet of a GeoPackage as often as asked; the process ends with the block."""

    def __init__(self, layers: Path, folder: Path) -> None:
        command = [SYSTEM_PYTHON, SCRIPT, layers, folder]
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._expect("ready")

    def export(self, kind: str) -> None:
        """Write ``qgis.png``, ``qgis.pdf`` or, for ``atlas``, ``qgis-atlas.pdf`` into the folder."""
        self.process.stdin.write(f"{kind}\n")
        self.process.stdin.flush()
        self._expect("done 0")

    def _expect(self, answer: str) -> None:
        """Read on to the answer: libraries below write lines of their own."""
        for line in self.process.stdout:
            if line.strip() == answer:
                return
        raise RuntimeError(f"QGIS did not answer {answer!r}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()
