"""Keeps a set of child processes running and ends all of them together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from .folder import ROOT, DataFolder
from .process import (
    STOP_SIGNALS,
    Account,
    SetupFailed,
    StopRequested,
    child_pids,
    pause,
    reap_orphans,
    signal_group,
    spawn,
    wait_signal,
)

STEADY_SECONDS = 10.0  # a child that lived this long is started again without delay
FIRST_DELAY = 0.3
LONGEST_DELAY = 3.0


def say(message: str) -> None:
    """Progress, for a person: always on standard error."""
    print(message, file=sys.stderr, flush=True)


@dataclass
class Child:
    """A program to keep running: how it starts, how it is asked to stop, and how long it may take to."""

    name: str
    command: Sequence[str | Path]
    env: Mapping[str, str]
    stop_signal: signal.Signals = signal.SIGTERM
    insist_signal: signal.Signals = signal.SIGKILL
    death_signal: int | None = None
    patience: float = 8.0
    account: Account | None = None
    before_start: Callable[[], None] | None = None
    layer: Literal["guard", "service", "program"] = "program"
    keeps_open: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)
    due_at: float = field(default=0.0, init=False)
    delay: float = field(default=FIRST_DELAY, init=False)
    endings: int = field(default=0, init=False)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None


class Supervisor:
    """Starts children, starts them again when they end, and stops them, from the main thread alone."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.children: list[Child] = []
        self.step: subprocess.Popen[bytes] | None = None
        self.side: list[subprocess.Popen[bytes]] = []

    # -- children ----------------------------------------------------------------------------------
    def add(self, child: Child) -> None:
        self.children.append(child)
        self._start(child)

    def log_path(self, name: str) -> Path:
        return self.folder.log / f"{name}.log"

    def _start(self, child: Child) -> None:
        if child.before_start:
            child.before_start()
        with self.log_path(child.name).open("ab") as log:
            child.process = spawn(
                child.command,
                env=child.env,
                cwd=ROOT,
                output=log,
                account=child.account,
                death_signal=child.stop_signal if child.death_signal is None else child.death_signal,
                pass_fds=(self.folder.lock_handle, *child.keeps_open),
            )
        child.started_at = time.monotonic()
        (self.folder.run / f"{child.name}.pid").write_text(f"{child.process.pid}\n")

    def look_after(self) -> None:
        """Collect what ended and start again what is due."""
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and (code := child.process.poll()) is not None:
                self._ended(child, code, now)
            if child.process is None and child.due_at <= now:
                self._start(child)
        self.side = [process for process in self.side if process.poll() is None]
        reap_orphans({process.pid for process in self._direct()})

    def _ended(self, child: Child, code: int, now: float) -> None:
        if child.process is not None:
            signal_group(child.process, signal.SIGKILL)
        child.process = None
        child.endings += 1
        child.delay = FIRST_DELAY if now - child.started_at > STEADY_SECONDS else child.delay * 2
        child.due_at = now + min(child.delay, LONGEST_DELAY)
        how = f"signal {-code}" if code < 0 else f"exit code {code}"
        say(f"{child.name} ended ({how}); starting it again. Its log: {self.log_path(child.name)}")

    def _direct(self) -> list[subprocess.Popen[bytes]]:
        found = [child.process for child in self.children if child.process is not None]
        return [*found, *self.side, *([self.step] if self.step else [])]

    def _next_due(self) -> float:
        now = time.monotonic()
        waiting = [child.due_at - now for child in self.children if child.process is None]
        return max(0.0, min([1.0, *waiting]))

    # -- waiting -----------------------------------------------------------------------------------
    def run_forever(self) -> None:
        """Look after the children until StopRequested."""
        while True:
            pause(self._next_due())
            self.look_after()

    def wait_until(self, ready: Callable[[], bool], what: str, *, limit: float, child: Child | None = None) -> None:
        """Look after the children until `ready()`; SetupFailed, with the end of its log, when `child` is not."""
        deadline = time.monotonic() + limit
        while not ready():
            if time.monotonic() > deadline or (child and child.endings > 5):
                tail = f"\n{tail_of(self.log_path(child.name))}" if child else ""
                raise SetupFailed(f"{what} did not come up within {limit:.0f} s.{tail}")
            pause(0.1)
            self.look_after()

    def run(
        self,
        command: Sequence[str | Path],
        env: Mapping[str, str],
        *,
        log: str | None = None,
        account: Account | None = None,
        cwd: Path = ROOT,
        echo: bool = False,
        goes_on: bool = False,
    ) -> int:
        """Run one command to its end while looking after the children; its exit code.

        Without `log` it takes over the terminal and standard streams, and Ctrl-C is its own affair. Where more comes
        after it (`goes_on`), a request to stop that arrived meanwhile ends the whole: StopRequested.
        """
        if log is None:
            self.step = spawn(command, env=env, cwd=cwd, foreground=True)
        else:
            with self.log_path(log).open("ab") as output:
                self.step = spawn(command, env=env, cwd=cwd, output=output, account=account)
        shown = self.log_path(log).stat().st_size if log and echo else 0
        stopped = False
        while (code := self.step.poll()) is None:
            number = wait_signal(self._next_due())
            stopped = stopped or number in STOP_SIGNALS
            if log and echo:
                shown = self._show(log, shown)
            if log is not None and number in STOP_SIGNALS:
                raise StopRequested
            if number in (signal.SIGTERM, signal.SIGHUP):
                self.step.send_signal(number)
            self.look_after()
        self.step = None
        if stopped and goes_on:
            raise StopRequested
        return code if code >= 0 else 128 - code

    def _show(self, log: str, start: int) -> int:
        """Print what a log holds from byte `start` on; where it ends now."""
        with self.log_path(log).open("rb") as file:
            file.seek(start)
            text = file.read()
        sys.stderr.write(text.decode(errors="replace"))
        sys.stderr.flush()
        return start + len(text)

    def run_or_fail(
        self, command: Sequence[str | Path], env: Mapping[str, str], *, log: str, what: str, echo: bool = False
    ) -> None:
        """Run a logged step, with `echo` showing its log; SetupFailed with the log's end unless it ends well."""
        if self.run(command, env, log=log, echo=echo):
            raise SetupFailed(f"{what} failed:\n{tail_of(self.log_path(log))}")

    def run_aside(
        self, command: Sequence[str | Path], env: Mapping[str, str], *, log: str = ""
    ) -> subprocess.Popen[bytes]:
        """Start a command in nobody's way, told in a log or on our own streams; it ends with everything else."""
        with self.log_path(log).open("ab") if log else nullcontext() as output:
            side = spawn(["nice", *command], env=env, cwd=ROOT, output=output, death_signal=signal.SIGKILL)
        self.side.append(side)
        return side

    # -- the end -----------------------------------------------------------------------------------
    def stop(self) -> None:
        """End everything, programs before services, and whatever they left behind."""
        for process in [*self.side, *([self.step] if self.step else [])]:
            signal_group(process, signal.SIGKILL)
            process.kill()
            process.wait()
        self.side, self.step = [], None
        for layer in ("program", "service", "guard"):
            self._stop_layer([child for child in self.children if child.layer == layer and child.process])
        for child in self.children:
            (self.folder.run / f"{child.name}.pid").unlink(missing_ok=True)
        if self.children:
            self.folder.forget_short_folders()
        self.children = []
        self._end_strays()

    def _stop_layer(self, children: list[Child]) -> None:
        for child in children:
            if child.process:
                child.process.send_signal(child.stop_signal)
        started = time.monotonic()
        insisted: set[str] = set()
        while waiting := [child for child in children if child.alive]:
            number = wait_signal(0.2)
            for child in waiting:
                late = time.monotonic() - started > child.patience
                again = number in (signal.SIGINT, signal.SIGTERM)
                if child.process and (late or again):
                    child.process.send_signal(signal.SIGKILL if child.name in insisted else child.insist_signal)
                    insisted.add(child.name)
            if insisted and time.monotonic() - started > 2 * max(child.patience for child in children):
                for child in waiting:
                    if child.process:
                        child.process.kill()
        for child in children:
            if child.process:
                signal_group(child.process, signal.SIGKILL)
                child.process = None

    def _end_strays(self) -> None:
        deadline = time.monotonic() + 5.0
        while (pids := child_pids()) and time.monotonic() < deadline:
            reap_orphans(set())
            for pid in pids:
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            wait_signal(0.05)


def tail_of(path: Path, lines: int = 25) -> str:
    """The last lines of a log, for a message about why something failed."""
    try:
        text = path.read_text(errors="replace")
    except FileNotFoundError:
        return f"(nothing in {path})"
    return "\n".join([f"--- end of {path}:", *text.splitlines()[-lines:]])
