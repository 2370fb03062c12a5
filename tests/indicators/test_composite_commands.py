"""The commands `composite` and `uncertainty`: standard output is the answer alone, 2 means unusable input."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[2]
META = """code,level,parent,weight,direction
a,1,P,1,1
b,1,P,3,-1
c,1,Q,1,1
P,2,I,2,1
Q,2,I,1,1
I,3,,1,1
"""
DATA = "unit,group,a,b,c\n甲,g,1,10,5\n乙,g,2,30,9\n丙,h,5,20,5\n丁,h,,,1\n"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    (tmp_path / "data.csv").write_text(DATA, "utf-8")
    (tmp_path / "meta.csv").write_text(META, "utf-8")
    return ["--data", str(tmp_path / "data.csv"), "--meta", str(tmp_path / "meta.csv")]


def run(*options: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    call_command(*options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def refused(*options: str) -> CommandError:
    with pytest.raises(CommandError) as error:
        run(*options)
    return error.value


def test_composite_prints_scores_and_ranks_alone(files: list[str]) -> None:
    """P = (a + 3b)/4: 甲 75, 乙 6.25, 丙 62.5; Q = c over 5…9: 0, 100, 0; I = (2P + Q)/3; 丁 knows 1 of 3."""
    out, err = run("composite", *files)

    header, *rows = csv.reader(io.StringIO(out))
    assert header == ["unit", "P", "Q", "I", "rank"]
    assert [row[0] for row in rows] == ["甲", "乙", "丙", "丁"]
    assert [float(row[3]) for row in rows[:3]] == pytest.approx([50, 112.5 / 3, 125 / 3], abs=1e-12)
    assert [row[4] for row in rows] == ["1", "3", "2", ""]
    assert rows[3] == ["丁", "", "", "", ""]
    assert err.splitlines() == ["4 个评价对象，3 个参加排名", "数据不足，不参加排名：丁"]


def test_composite_writes_the_same_answer_to_a_file(files: list[str], tmp_path: Path) -> None:
    printed, _ = run("composite", *files)
    out, _ = run("composite", *files, "--out", str(tmp_path / "out.csv"))

    assert out == ""
    assert (tmp_path / "out.csv").read_text("utf-8") == printed


def test_composite_options_reach_the_engine(files: list[str], tmp_path: Path) -> None:
    """At 0.3 丁 stays: 1 of 3 is known; its a becomes the mean of h, 5, or of all, 8/3."""
    stages = tmp_path / "stages"
    options = ["--available", "0.3", "--impute", "group_mean", "--treat", "winsorise", "--normalise", "rank"]
    run("composite", *files, *options, "--weighting", "equal", "--stages", str(stages))
    log = json.loads((stages / "stages.json").read_bytes())

    assert log["options"] == {
        "normalise": "rank",
        "aggregate": "arithmetic",
        "impute": "group_mean",
        "treat": "winsorise",
        "available": "3/10",
        "weights": "equal",
        "levels": {},
    }
    assert (stages / "3-impute.csv").read_text("utf-8").splitlines()[4] == "丁,5.0,20.0,1.0"
    run("composite", *files, *options[:2], "--impute", "indicator_mean", "--stages", str(stages))
    assert (stages / "3-impute.csv").read_text("utf-8").splitlines()[4] == f"丁,{8 / 3!r},20.0,1.0"


def test_composite_stores_stages_that_replay(files: list[str], tmp_path: Path) -> None:
    stages = tmp_path / "stages"
    run("composite", *files, "--stages", str(stages))
    assert run("composite", "--replay", str(stages))[0] == "重算一致\n"

    stored = stages / "8-rank.csv"
    stored.write_text(stored.read_text("utf-8").replace(",1\n", ",2\n"), "utf-8")
    assert refused("composite", "--replay", str(stages)).returncode == 1
    assert refused("composite", "--replay", str(tmp_path / "none")).returncode == 2


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (["--aggregate", "geometric"], "甲 的 P 无法按 geometric 合成"),
        (["--aggregate-level", "3=harmonic"], "无法按 harmonic 合成"),
        (["--aggregate-level", "7=harmonic"], "第 7 级没有"),
        (["--aggregate-level", "three"], "级次=方法"),
        (["--normalise", "target"], "没有目标值"),
        (["--available", "1.5"], "应在 0 与 1 之间"),
        (["--available", "most"], "'most' 不是数"),
        (["--out", "/nowhere/at/all.csv"], "无法写入"),
        (["--stages", "/dev/null/stages"], "无法写入"),
        (["--data", "/nowhere/data.csv"], "无法读取"),
    ],
)
def test_composite_ends_with_2_for_what_cannot_be_used(files: list[str], options: list[str], word: str) -> None:
    error = refused("composite", *files, *options)
    assert (error.returncode, word in str(error)) == (2, True)


def test_composite_names_row_and_column_of_a_cell_that_is_no_number(files: list[str]) -> None:
    Path(files[1]).write_text(DATA.replace("乙,g,2", "乙,g,两"), "utf-8")
    error = refused("composite", *files)
    assert (error.returncode, str(error).partition("；")[0]) == (2, "data.csv：第 3 行（乙）的列 a：'两' 不是数")


def test_composite_without_a_file_ends_with_2() -> None:
    assert refused("composite").returncode == 2


def test_uncertainty_gives_each_unit_its_interval(files: list[str], tmp_path: Path) -> None:
    options = ["--draws", "300", "--seed", "4"]
    out, _ = run("uncertainty", *files, *options)
    header, *rows = csv.reader(io.StringIO(out))

    assert header == ["unit", "rank", "median", "p05", "p95", "mean"]
    assert [(row[0], row[1]) for row in rows] == [("甲", "1"), ("乙", "3"), ("丙", "2"), ("丁", "")]
    assert rows[3][2:] == ["", "", "", ""]
    assert sum(float(row[5]) for row in rows[:3]) == pytest.approx(6)
    assert all(1 <= float(row[3]) <= float(row[2]) <= float(row[4]) <= 3 for row in rows[:3])
    assert run("uncertainty", *files, *options)[0] == out
    run("uncertainty", *files, *options, "--out", str(tmp_path / "u.csv"), "--sensitivity", str(tmp_path / "s.csv"))
    assert (tmp_path / "u.csv").read_text("utf-8") == out
    factors = [row[0] for row in csv.reader(io.StringIO((tmp_path / "s.csv").read_text("utf-8")))]
    assert factors == ["factor", "P", "Q", "a", "b", "normalise"]


@pytest.mark.parametrize(
    "options",
    [
        ["--draws", "0", "--seed", "1"],
        ["--draws", "10", "--seed", "-1"],
        ["--draws", "10", "--seed", "1", "--weights", "2"],
        ["--draws", "10", "--seed", "1", "--weights", "some"],
    ],
    ids=str,
)
def test_uncertainty_ends_with_2_for_what_cannot_be_drawn(files: list[str], options: list[str]) -> None:
    assert refused("uncertainty", *files, *options).returncode == 2


def test_composite_on_the_real_command_line_needs_no_database(files: list[str]) -> None:
    environment = {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none", "PATH": "/usr/bin:/bin", "LC_ALL": "C"}

    command = [sys.executable, str(ROOT / "manage.py"), "composite", *files]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=120)

    assert (done.returncode, done.stdout.decode()) == (0, run("composite", *files)[0])


def test_composite_on_the_scale_of_a_base_year_replays_and_scores_later_years(tmp_path: Path) -> None:
    """Posts of 2013: a 0…10, b 20 (worst)…10. 2014: x (50 + 100)/2 = 75; y beyond both: (100 + 0)/2 = 50."""
    (tmp_path / "meta.csv").write_text("code,level,parent,weight,direction\na,1,I,1,1\nb,1,I,1,-1\nI,2,,,\n", "utf-8")
    (tmp_path / "2013.csv").write_text("unit,a,b\nx,0,10\ny,10,20\n", "utf-8")
    (tmp_path / "2014.csv").write_text("unit,a,b\nx,5,10\ny,20,30\n", "utf-8")
    data, meta, base = (str(tmp_path / name) for name in ("2014.csv", "meta.csv", "2013.csv"))
    kept = tmp_path / "kept"
    out, _ = run("composite", "--data", data, "--meta", meta, "--base", base, "--stages", str(kept))

    assert out == "unit,I,rank\nx,75.0,1\ny,50.0,2\n"
    assert run("composite", "--replay", str(kept))[0] == "重算一致\n"
    assert run("composite", "--data", data, "--meta", str(kept / "meta.csv"))[0] == out
    both, _ = run("composite", "--data", data, "--meta", meta, "--base", base, data)
    assert both == "unit,I,rank\nx,62.5,1\ny,50.0,2\n"
    assert refused("composite", "--data", data, "--meta", meta, "--base", base, "--normalise", "rank").returncode == 2
    assert refused("composite", "--data", data, "--meta", meta, "--base", str(tmp_path / "2012.csv")).returncode == 2
