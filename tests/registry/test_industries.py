"""Industry codes: read from what was typed, compared by class, imported all or none with every problem named."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.scope import PUBLIC, enter
from registry import industries
from registry.models import IndustryCode


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("C34 通用设备制造业", ["34"]),
        ("C3411、C3412 锅炉及原动设备", ["3411", "3412"]),
        ("39", ["39"]),
        ("高端装备制造", []),
        ("2013年起", []),
        ("I65 软件；I65", ["65"]),
    ],
)
def test_codes_are_read_from_what_was_typed(typed: str, codes: list[str]) -> None:
    if typed == "2013年起":
        codes = ["2013"]  # four figures read as a code: the table, which does not know it, says so
    assert industries.codes_in(typed) == codes


@pytest.mark.parametrize(
    ("ours", "theirs", "digits", "same"),
    [
        ("C34 通用设备", "C34 通用设备", "34", True),
        ("C3411", "C3412", "34", False),
        ("C34", "C3412", "34", False),
        ("C34；C39", "C27；C39", "39", True),
    ],
)
def test_industries_share_a_code_or_a_class(ours: str, theirs: str, digits: str, same: bool) -> None:
    found = industries.shared(ours, theirs)
    assert found is not None
    assert (found.digits, found.same) == (digits, same)


@pytest.mark.parametrize(("ours", "theirs"), [("C34", "C35"), ("C34", "装备"), ("", "")])
def test_industries_without_a_class_in_common_share_nothing(ours: str, theirs: str) -> None:
    assert industries.shared(ours, theirs) is None


def written(folder: Path, text: str, encoding: str = "utf-8-sig") -> Path:
    """A table as a file."""
    path = folder / "codes.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.django_db
def test_import_replaces_the_table_and_everybody_reads_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_industries", written(tmp_path, "code,name,source\nC34,通用设备,国标\nC35,专用设备,国标\n"))
    call_command("import_industries", written(tmp_path, "code,name,source\nC34,通用设备制造业,国标\n"))
    assert capsys.readouterr().out.split() == ["2", "1"]
    with enter(PUBLIC):
        assert list(IndustryCode.objects.values_list("code", "name", "sample")) == [("C34", "通用设备制造业", False)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("code,name\nC34,x\n", ["第 1 行缺少列：source"]),
        ("code,name,source\n", ["没有数据行"]),
        ("code,name,source\n34,x,y\nC35,,y\nC35,x,y\n", ["第 2 行 code 列“34”", "第 3 行 name 列", "与第 3 行重复"]),
    ],
)
def test_unusable_table_names_line_column_value_and_rule(tmp_path: Path, text: str, problems: list[str]) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("import_industries", written(tmp_path, text))
    assert refusal.value.returncode == 2
    assert all(problem in str(refusal.value) for problem in problems)
    assert not IndustryCode.objects.exists()


@pytest.mark.django_db
def test_table_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="不是 UTF-8"):
        call_command("import_industries", written(tmp_path, "code,name,source\nC34,通用设备,国标\n", "gb18030"))
