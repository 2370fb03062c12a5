"""The command `judge`: standard output is the answer alone, 2 means unusable input."""

import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from tests.policy.golden import Case, cases, refusals

ROOT = Path(__file__).parents[2]
CLAUSE_FILE = ROOT / "policy" / "clauses" / "park-creation.yaml"
FILING = {
    "subject": "lx-park",
    "year": 2014,
    "figures": {"P.area_planned": {"2014": "10"}, "P.leading_industries": {"2014": "2"}},
}


def arguments(case: Case, path: Path) -> list[str]:
    path.write_bytes(case.content)
    options = ["judge", case.set, "--facts", str(path)]
    if case.on:
        options += ["--on", case.on]
    for name, value in case.params.items():
        options += ["--param", f"{name}={value}"]
    return options


def written(folder: Path, document: object) -> str:
    path = folder / "facts.json"
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


def manage(*options: str) -> subprocess.CompletedProcess[bytes]:
    """Run the real command line with a database that is not there."""
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *options], capture_output=True, env=environment, timeout=120
    )


@pytest.mark.parametrize("case", cases(), ids=str)
def test_judge_command_golden_case(case: Case, tmp_path: Path) -> None:
    out = io.StringIO()
    call_command(*arguments(case, tmp_path / "facts.json"), stdout=out, stderr=io.StringIO())
    answer = json.loads(out.getvalue())
    found = {finding["clause"]: finding for finding in answer["findings"]}

    assert {
        clause: {member: found[clause][member] for member in members} for clause, members in case.expect.items()
    } == case.expect
    assert answer["verdict"] == case.verdict


@pytest.mark.parametrize("case", refusals(), ids=str)
def test_judge_command_refusal(case: Case, tmp_path: Path) -> None:
    out = io.StringIO()
    with pytest.raises(CommandError) as refused:
        call_command(*arguments(case, tmp_path / "facts.json"), stdout=out)

    assert refused.value.returncode == 2
    assert [part for part in case.message if part not in str(refused.value)] == []
    assert out.getvalue() == ""


def test_judge_command_answer_is_exactly_the_contract(tmp_path: Path) -> None:
    done = manage("judge", "park-creation", "--facts", written(tmp_path, FILING))

    assert (done.returncode, done.stderr) == (0, b"")
    digest = hashlib.sha256(CLAUSE_FILE.read_bytes()).hexdigest()
    answer = json.loads(done.stdout)
    assert answer == {
        "set": "park-creation",
        "digest": f"sha256:{digest}",
        "subject": "lx-park",
        "year": 2014,
        "on": "2014-12-31",
        "params": {},
        "findings": [
            {
                "clause": "P-II.1.2e",
                "outcome": "met",
                "observed": "10",
                "threshold": "10",
                "operator": ">=",
                "unit": "km²",
                "formula": "10",
                "reason": "",
                "proposal": "",
            },
            {
                "clause": "P-IV.2a",
                "outcome": "met",
                "observed": "2",
                "threshold": "1..3",
                "operator": "between",
                "unit": "个",
                "formula": "2",
                "reason": "",
                "proposal": "",
            },
        ],
        "verdict": "met",
    }
    assert list(answer) == ["set", "digest", "subject", "year", "on", "params", "findings", "verdict"]


def test_judge_command_exit_is_zero_whatever_the_answer(tmp_path: Path) -> None:
    failing = FILING | {"figures": {"P.area_planned": {"2014": "1"}}}
    done = manage("judge", "park-creation", "--facts", written(tmp_path, failing))

    assert (done.returncode, json.loads(done.stdout)["verdict"]) == (0, "not_met")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (["park-creation", "--facts", "absent.json"], "absent.json"),
        (["park-creation", "--facts", "."], "."),
        (["no-such-set", "--facts", "FILE"], "no-such-set"),
        (["../../config/x", "--facts", "FILE"], "../../config/x"),
        (["park-creation", "--facts", "FILE", "--on", "2014-02-30"], "2014-02-30"),
        (["park-creation", "--facts", "FILE", "--on", "20140228"], "20140228"),
        (["park-creation", "--facts", "FILE", "--param", "share_ceiling"], "share_ceiling"),
        (["park-creation", "--facts", "FILE", "--param", "va_whole=gdp", "va_whole=gdp"], "va_whole"),
        (["park-creation"], "--facts"),
    ],
)
def test_judge_command_unusable_options_end_with_two(
    options: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, FILING)
    arguments = ["judge", *(path if option == "FILE" else option for option in options)]
    with pytest.raises(SystemExit) as ended:
        load_command_class("indicators", "judge").run_from_argv(["manage.py", *arguments])
    printed = capsys.readouterr()

    assert (ended.value.code, printed.out) == (2, "")
    assert reason in printed.err
    assert "Traceback" not in printed.err


def test_judge_command_list_is_answered_in_order(tmp_path: Path) -> None:
    out = io.StringIO()
    several = [FILING | {"subject": name} for name in ("b-park", "a-park", "b-park")]
    call_command("judge", "park-creation", "--facts", written(tmp_path, several), stdout=out)

    assert [answer["subject"] for answer in json.loads(out.getvalue())] == ["b-park", "a-park", "b-park"]


@pytest.mark.parametrize("several", [[], [FILING]])
def test_judge_command_list_stays_a_list(several: list[object], tmp_path: Path) -> None:
    out = io.StringIO()
    call_command("judge", "park-creation", "--facts", written(tmp_path, several), stdout=out)

    answer = json.loads(out.getvalue())
    assert isinstance(answer, list)
    assert len(answer) == len(several)


def test_judge_command_says_that_a_ruling_was_not_used(tmp_path: Path) -> None:
    out, err = io.StringIO(), io.StringIO()
    other = FILING | {"decisions": {"P-II.2.2a": {"outcome": "exempt", "paper": "甲〔2014〕1号"}}}
    call_command("judge", "park-creation", "--facts", written(tmp_path, other), stdout=out, stderr=err)

    assert json.loads(out.getvalue())["verdict"] == "met"
    assert "P-II.2.2a" in err.getvalue()


def test_judge_command_reads_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(FILING).encode())
    out = io.StringIO()
    call_command("judge", "park-creation", "--facts", str(path), stdout=out)

    assert json.loads(out.getvalue())["verdict"] == "met"


def test_judge_command_echoes_several_parameters_after_one_option(tmp_path: Path) -> None:
    out = io.StringIO()
    options = ["--param", "va_whole=gdp", "top_fraction=1/4"]
    call_command("judge", "park-creation", "--facts", written(tmp_path, FILING), *options, stdout=out)

    assert json.loads(out.getvalue())["params"] == {"va_whole": "gdp", "top_fraction": "1/4"}


def test_judge_command_list_has_a_line_for_each_subject(tmp_path: Path) -> None:
    out = io.StringIO()
    several = [FILING | {"subject": f"p{number}-park"} for number in range(3)]
    call_command("judge", "park-creation", "--facts", written(tmp_path, several), stdout=out)

    first, *lines, last = out.getvalue().splitlines()
    assert (first, last) == ("[", "]")
    assert [json.loads(line.rstrip(","))["subject"] for line in lines] == ["p0-park", "p1-park", "p2-park"]
