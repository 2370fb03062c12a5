"""Industry codes: read from what a city typed, compared by class, and imported from the operator's table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from registry.models import IndustryCode

# 门类 (letter), 大类 (two figures), 中类 (three), 小类 (four), as GB/T 4754 counts them.
CODE = re.compile(r"(?<![A-Za-z0-9])([A-T]?)(\d{2,4})(?!\d)")
ENTRY = re.compile(r"^[A-T](\d{2,4})?$")
CLASS_LENGTH = 2
COLUMNS = ("code", "name", "source")
LONGEST = {"name": 80, "source": 200}


class ImportRefused(ValueError):
    """A table that is not taken: each problem with its line, column, value and rule."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class Shared:
    """What two industries have in common: the figures of the code, and whether they are the same to the last one."""

    digits: str
    same: bool

    @property
    def level(self) -> str:
        """How near they are, in words."""
        return _("行业代码相同") if self.same else _("同属一个大类")


def codes_in(text: str) -> list[str]:
    """The figures of the industry codes in what was typed, in order: "C34 通用设备制造业" gives 34."""
    return list(dict.fromkeys(match.group(2) for match in CODE.finditer(text)))


def shared(ours: str, theirs: str) -> Shared | None:
    """The nearest thing that two typed industries share; None where they share neither code nor class."""
    pairs = [(one, other) for one in codes_in(ours) for other in codes_in(theirs)]
    same = next((one for one, other in pairs if one == other), "")
    if same:
        return Shared(same, same=True)
    near = next((one for one, other in pairs if one[:CLASS_LENGTH] == other[:CLASS_LENGTH]), "")
    return Shared(near[:CLASS_LENGTH], same=False) if near else None


def names_of(digits: Iterable[str]) -> dict[str, IndustryCode]:
    """The table's entries of codes without their letter; codes that the table does not know are left out."""
    wanted = set(digits)
    if not wanted:
        return {}
    pattern = rf"^[A-T]({'|'.join(sorted(wanted))})$"
    return {row.code[1:]: row for row in IndustryCode.objects.filter(code__regex=pattern)}


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file (UTF-8, with or without byte order mark). Raises ImportRefused with every problem."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ImportRefused([_("文件不是 UTF-8 编码；请在电子表格软件中另存为“CSV UTF-8”。")]) from None
    reader = csv.DictReader(io.StringIO(text))
    absent = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if absent:
        words = {"columns": "、".join(absent), "all": ",".join(COLUMNS)}
        raise ImportRefused([_("第 1 行缺少列：%(columns)s。表头应为 %(all)s。") % words])
    rows = [{column: (row[column] or "").strip() for column in COLUMNS} for row in reader]
    problems = _problems(rows)
    if not rows:
        problems.append(_("文件没有数据行。"))
    if problems:
        raise ImportRefused(problems)
    return rows


def _problems(rows: list[dict[str, str]]) -> list[str]:
    found: list[str] = []
    seen: dict[str, int] = {}
    for line, row in enumerate(rows, start=2):
        found += [_at(line, column, "", _("不能为空")) for column in COLUMNS if not row[column]]
        code = row["code"]
        if code and not ENTRY.match(code):
            found.append(_at(line, "code", code, _("应为门类字母加二至四位数字，如 C34、C3411")))
        if code in seen:
            found.append(_at(line, "code", code, _("与第 %(line)d 行重复") % {"line": seen[code]}))
        seen.setdefault(code, line)
        for column, longest in LONGEST.items():
            if len(row[column]) > longest:
                found.append(_at(line, column, row[column][:20] + "…", _("超过 %(n)d 个字") % {"n": longest}))
    return found


def _at(line: int, column: str, value: str, rule: str) -> str:
    words = {"line": line, "column": column, "value": value, "rule": rule}
    return _("第 %(line)d 行 %(column)s 列“%(value)s”：%(rule)s。") % words


@transaction.atomic
def replace(rows: Iterable[Mapping[str, str]], sample: bool = False) -> tuple[int, int]:
    """Put a table in the place of the one before; how many entries there are now and how many went. System scope."""
    fresh = [IndustryCode(**row, sample=sample) for row in rows]
    gone, _by_model = IndustryCode.objects.exclude(code__in=[row.code for row in fresh]).delete()
    IndustryCode.objects.bulk_create(
        fresh, update_conflicts=True, unique_fields=["code"], update_fields=["name", "source", "sample"]
    )
    return len(fresh), gone
