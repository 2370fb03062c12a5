"""Spawns child processes that cannot outlive their parent, and waits for signals without threads."""

import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
STOP_SIGNALS = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
WATCHED = STOP_SIGNALS | {signal.SIGCHLD}

_libc = ctypes.CDLL(None, use_errno=True)


class StopRequested(Exception):
    """Somebody asked this process to end (Ctrl-C, SIGTERM, a closed terminal)."""


class SetupFailed(Exception):
    """The environment cannot be made to work; the message says why, `code` is the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Account:
    """The Unix user that a child runs as."""

    uid: int
    gid: int


def hold_signals() -> None:
    """Queue the signals of interest for `wait_signal`, and adopt orphaned grandchildren.

    Main thread only: a death signal follows the thread that spawned the child.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
    _libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def wait_signal(timeout: float) -> signal.Signals | None:
    """Sleep until a watched signal arrives or `timeout` seconds have passed."""
    info = signal.sigtimedwait(WATCHED, max(timeout, 0.0))
    return signal.Signals(info.si_signo) if info else None


def pause(timeout: float) -> None:
    """Sleep until a child ends or `timeout` seconds have passed; raises StopRequested when asked to end."""
    if wait_signal(timeout) in STOP_SIGNALS:
        raise StopRequested


def _preparation(death_signal: int) -> Callable[[], None]:
    parent = os.getpid()

    def prepare() -> None:
        for number in WATCHED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, [])
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    output: IO[bytes] | int | None = None,
    account: Account | None = None,
    death_signal: int = signal.SIGTERM,
    foreground: bool = False,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start `command`; the kernel sends it `death_signal` (0: none) when this process dies.

    A background child gets a session of its own, so that Ctrl-C reaches the supervisor alone, and no
    standard input; `output` takes both its streams. A foreground one shares the terminal.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        stdin=None if foreground else subprocess.DEVNULL,
        stdout=output,
        stderr=None if foreground or output is None else subprocess.STDOUT,
        start_new_session=not foreground,
        preexec_fn=_preparation(death_signal),  # safe: there are no threads here
        pass_fds=tuple(pass_fds),
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send `number` to everything in the session that `process` leads, alive or not."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def reap_orphans(known: set[int]) -> None:
    """Collect adopted grandchildren that ended; the direct children in `known` are left alone."""
    while True:
        try:
            found = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        except ChildProcessError:
            return
        if found is None or found.si_pid in known:
            return
        os.waitpid(found.si_pid, os.WNOHANG)


def child_pids() -> list[int]:
    """The processes whose parent is this one, zombies included."""
    here = str(os.getpid())
    found = []
    for entry in os.listdir("/proc"):
        if not entry.isdigit():
            continue
        try:
            fields = Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if fields[1] == here:
            found.append(int(entry))
    return found
