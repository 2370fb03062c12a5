"""Ends what is left of a server whose supervisor was killed: guard DATA-FOLDER PIPE."""

import os
import signal
import time
from pathlib import Path

from .folder import DataFolder

GRACE = 4.0  # seconds for the death signals to do their work


def main(arguments: list[str]) -> int:
    """Wait until the supervisor's end of the pipe closes, then for the children, then end them."""
    folder, pipe = DataFolder(Path(arguments[0])), int(arguments[1])
    while os.read(pipe, 1):
        pass
    deadline = time.monotonic() + GRACE
    while (left := survivors(folder)) and time.monotonic() < deadline:
        time.sleep(0.2)
    for pid in left:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
    return 0


def survivors(folder: DataFolder) -> list[int]:
    """Members of the children's sessions that still hold the folder's lock: numbers may be reused, locks not."""
    lock = str(folder.run / "lock")
    leaders = {int(path.read_text()) for path in folder.run.glob("*.pid") if path.stem != "guard"}
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            if os.getsid(int(entry)) not in leaders:
                continue
            handles = Path("/proc", entry, "fd")
            if any(os.readlink(handle) == lock for handle in handles.iterdir()):
                found.append(int(entry))
        except OSError:
            continue
    return found
