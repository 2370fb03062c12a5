"""script/test: every check beside every test, against a database and a broker of their own."""

import os
import shlex
import shutil
import sys
import tempfile
from pathlib import Path

from .environment import owner_environment, portal_environment
from .folder import ROOT, DataFolder
from .process import SetupFailed, hold_signals, pause
from .services import Services
from .supervisor import Supervisor, say

INTERRUPTED = 130
# What the checks found is told at once when they are through, long before the tests are: pytest's closing line stays
# the last one.
TELL_AT_THE_END = """"$@" >"$0" 2>&1; code=$?; cat "$0" >&2; exit $code"""
# Two files at a time: most of the time goes into waiting for the database and the browser.
# tests/conftest.py groups them and puts the long ones first.
EVERYTHING = ["-n", "2", "--dist", "loadscope", "--no-loadscope-reorder", "--durations", "10"]


def main(arguments: list[str]) -> int:
    """Exit code 0 only if everything passed; pytest's closing line is the last one on standard output."""
    os.chdir(ROOT)
    hold_signals()
    if running := os.environ.get("PORTAL_TEST_SERVICES"):
        return _check_and_test(Supervisor(DataFolder(Path(running))), _environment_of(Path(running)), arguments)
    home = Path(tempfile.mkdtemp(prefix="portal-test-"))
    home.chmod(0o711)
    folder = DataFolder(home / "data")
    folder.prepare()
    folder.lock("test")
    supervisor = Supervisor(folder)
    try:
        services = Services(folder, durable=False, ignore_environment=True)
        services.start(supervisor)
        env = owner_environment(portal_environment(folder, services), services)
        return _check_and_test(supervisor, env, arguments)
    finally:
        supervisor.stop()
        shutil.rmtree(home, ignore_errors=True)


def _check_and_test(supervisor: Supervisor, env: dict[str, str], arguments: list[str]) -> int:
    """The checks run beside the tests, in nobody's way: they fill the time in which tests wait."""
    env = {**env, "PATH": f"{ROOT / '.venv' / 'bin'}:{os.environ.get('PATH', os.defpath)}"}
    log = supervisor.log_path("checks")
    telling: list[str | Path] = ["bash", "-c", TELL_AT_THE_END, log]
    checks = supervisor.run_aside([*telling, sys.executable, ROOT / "script" / "_portal.py", "check"], env)
    sys.stdout.flush()
    tests = [sys.executable, "-m", "pytest", *(arguments or EVERYTHING)]
    tested = supervisor.run(tests, {**env, "DJANGO_SETTINGS_MODULE": "config.settings_test"})
    if tested == INTERRUPTED:
        return INTERRUPTED
    while (checked := checks.poll()) is None:
        pause(0.2)
    if checked and tested == 0:
        say("The tests passed, the checks FAILED: what they found stands above.")
    return tested or checked


def _environment_of(home: Path) -> dict[str, str]:
    """What `script/dev-services` wrote down about a running pair."""
    try:
        lines = (home / "env.sh").read_text().splitlines()
    except FileNotFoundError as error:
        raise SetupFailed(f"No services run in {home}; start them with script/dev-services {home}.", 2) from error
    pairs = (shlex.split(line)[1].partition("=") for line in lines)
    return {**os.environ, **{name: value for name, _, value in pairs}, "PORTAL_DATABASE_ROLE": "owner"}
