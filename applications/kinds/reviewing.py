"""What the review of a filing is called: 联审联评 of parks, and what a kind says instead of it in its `words`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from applications.kinds import word
from workflow.ledger import in_chinese

if TYPE_CHECKING:
    from django.utils.functional import Promise

# The words of parks, by the key under which a kind says its own.
WORDS: Mapping[str, str | Promise] = {
    "review": _("联审联评"),
    "conclusion": _("联审结论"),
    "minutes": _("联审联评会议纪要"),
    "minutes.act": _("签发后即形成联审结论"),
    "consultation.act": _("签发后即启动联审联评"),
    "consultation.asked": _("园区申报须由九个部门全部参加联审联评（P-II.1.8c）。"),
    "consultation.next": _("已受理。拟征求意见函，签发后九个部门同时开始出具意见。"),
    "conclusion.formed": _("联审结论已经形成；只有公示期间的异议成立后，才重新形成结论。"),
    "opinion.due": _("%(office)s是规定参加联审联评的部门，不能撤回征求意见。"),
    "conditions.none": _(
        "部门提出的条件由省科技厅转达后，在这里逐项跟踪落实：申报单位答复，提出条件的部门确认。"
        "必须落实的条件没有答复，不能报省政府。"
    ),
    "conditions.closed": _("本案已报省政府或者已经办结，不能再转达条件。"),
    "opinions.inner": _("内部资料：部门意见只供省科技厅和省政府办公厅研究，申报单位和其他部门都看不到。"),
    "unwaivable": _("这类申报须经联审联评（P-II.1.8c）。"),
}


def said(kind: str, key: str) -> str:
    """A word of the review as a filing of this kind has it, in the language of the screen. KeyError where unknown."""
    return str(word(kind, key, WORDS[key]))


def basis(kind: str, usual: str = "") -> str:
    """What an act of the review rests on: the kind's own clause, else the `usual` one."""
    return str(word(kind, "basis.review", usual))


def kept(kind: str, key: str) -> str:
    """The same as it is kept on record."""
    return in_chinese(word(kind, key, WORDS[key]))
