"""Starting and stopping the stand-in scanner."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLAMD = Path(__file__).resolve().parent.parent / "clamd.py"


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def scanner(mode: str = "normal", port: int = 0) -> Iterator[str]:
    """The scanner's address while it runs."""
    process = subprocess.Popen([sys.executable, str(CLAMD), str(port), mode], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"tcp://127.0.0.1:{process.stdout.readline().split()[1]}"
    finally:
        process.kill()
        process.communicate()
