"""The due command: the answer alone on standard output, refusals with exit code 2."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from workflow.management.commands.due import Command


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(Command(stdout=out), *arguments)
    return out.getvalue()


def test_due_prints_the_date_alone() -> None:
    assert run("--from", "2013-02-07", "--days", "5") == "2013-02-19\n"


def test_due_with_two_pauses() -> None:
    answer = run(
        "--from", "2013-03-04", "--days", "3", "--pause", "2013-03-05", "2013-03-05",
        "--pause", "2013-03-07", "2013-03-08",
    )  # fmt: skip
    assert answer == "2013-03-12\n"


def test_due_of_zero_days_is_the_day_itself() -> None:
    assert run("--from", "2030-01-06", "--days", "0") == "2030-01-06\n"


def test_due_path_goes_to_standard_error() -> None:
    out, err = StringIO(), StringIO()
    call_command(Command(stdout=out, stderr=err), "--from", "2013-03-01", "--days", "1", "--verbosity", "2")
    assert out.getvalue() == "2013-03-04\n"
    assert "2013-03-02 - 周六" in err.getvalue()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--from", "2026-12-30", "--days", "5"), "2027"),
        (("--from", "2013-03-04", "--days", "-1"), "负数"),
        (("--from", "2013-02-30", "--days", "1"), "2013-02-30"),
        (("--from", "2013-03-04", "--days", "五"), "整数"),
        (("--from", "2013-03-04", "--days", "1", "--pause", "2013-03-08", "2013-03-07"), "早于"),
    ],
)
def test_due_refuses_with_exit_code_2(arguments: tuple[str, ...], reason: str) -> None:
    with pytest.raises(CommandError, match=reason) as refusal:
        run(*arguments)
    assert refusal.value.returncode == 2
