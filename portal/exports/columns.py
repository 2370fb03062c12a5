"""The columns of an exported list, and what a frozen plan says to a question: asked or not, no, or left empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications.display import area_text
from applications.models import Filing, FilingVersion
from portal.worklist import Row
from workflow.ledger import recorded

TABLE_KINDS = {
    "xlsx": _("XLSX（推荐）"),
    "csv": _("CSV（UTF-8）"),
    "gb18030": _("CSV（GB18030，供较早的电子表格软件打开）"),
}
NOT_ASKED, EMPTY, NO, YES = recorded("未设此项"), recorded("未填"), recorded("否"), recorded("是")
UNTOLD = recorded("未载明")
LIGHTS = {
    "late": recorded("已逾期"),
    "soon": recorded("即将到期"),
    "ok": recorded("期限内"),
    "done": recorded("已办结"),
}
PAUSED = recorded("已暂停")


@dataclass
class Record:
    """A row of the list with the case behind it, as far as the requester sees them."""

    row: Row
    filing: Filing | None = None
    version: FilingVersion | None = None
    opinions: str = ""


@dataclass(frozen=True)
class Column:
    """A column of the list; identifiers are text, so that no spreadsheet makes numbers of them."""

    label: str | Promise
    value: Callable[[Record], Any]
    width: int = 14


def asked_keys(content: dict[str, Any]) -> set[str]:
    """The questions that a frozen form put."""
    return {field["key"] for section in content.get("sections", []) for field in section.get("fields", [])}


def answer(content: dict[str, Any], key: str) -> str:
    """What a frozen plan answers: 未设此项 where its form did not ask, 未填 where nothing was said, 是 or 否."""
    value = content.get("fields", {}).get(key)
    if key not in asked_keys(content):
        return NOT_ASKED
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _of_version(read: Callable[[dict[str, Any]], str]) -> Callable[[Record], str]:
    return lambda record: read(record.version.content) if record.version else ""


def _industries(content: dict[str, Any]) -> str:
    if "industries" not in content:
        return NOT_ASKED
    return "；".join(str(one.get("name") or EMPTY) for one in content["industries"]) or EMPTY


def _area(content: dict[str, Any]) -> str:
    return str(area_text(content)) if content.get("boundary") else EMPTY


COLUMNS: tuple[Column, ...] = (
    Column(_("事项"), lambda r: r.row.title, 40),
    Column(_("申报编号"), lambda r: r.row.number, 20),
    Column(_("园区"), lambda r: r.row.park, 32),
    Column(_("申报单位"), lambda r: r.row.city, 14),
    Column(_("所在开发区"), lambda r: (r.filing.zone_name or UNTOLD) if r.filing else "", 24),
    Column(_("阶段"), lambda r: r.row.stage, 16),
    Column(_("期限"), lambda r: r.row.due_iso, 12),
    Column(_("期限状态"), lambda r: PAUSED if r.row.paused else LIGHTS.get(r.row.light, ""), 10),
    Column(_("剩余"), lambda r: r.row.left, 16),
    Column(_("由谁办理"), lambda r: r.row.hand, 16),
    Column(_("办结时间"), lambda r: r.row.done, 20),
    Column(_("版次"), lambda r: str(r.version.serial) if r.version else "", 6),
    Column(_("表单版本"), _of_version(lambda content: str(content.get("format", ""))), 10),
    Column(_("规划面积"), _of_version(_area), 16),
    Column(_("主导产业"), _of_version(_industries), 28),
    Column(_("主导功能"), _of_version(lambda content: answer(content, "space.dominant_function")), 24),
    Column(_("保密审查"), _of_version(lambda content: answer(content, "commitment.secrets")), 10),
)
OPINIONS = Column(_("部门意见"), lambda r: r.opinions, 12)


def columns_for(actor: Actor) -> tuple[Column, ...]:
    """The columns of a list; how many departments have answered is for the leading offices alone."""
    return (*COLUMNS, OPINIONS) if actor.is_lead or actor.is_government else COLUMNS
