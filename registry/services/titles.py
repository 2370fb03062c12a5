"""A title of a place is a fact that a cited source tells, or follows the paper that confers or ends it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel
from accounts.models import Division, Organisation
from notifications.enums import LegalEffect
from notifications.models import Paper
from registry import titles
from registry.enums import CityTitleKind, Precision
from registry.models import CityTitle
from workflow import instants, ledger
from workflow.ledger import recorded
from workflow.machine import Refused

# Whose paper confers a title; the others are recorded from their source.
CONFERRED_BY = {CityTitleKind.PILOT: "is_lead", CityTitleKind.INNOVATIVE: "is_government"}


def is_keeper(actor: Actor) -> bool:
    """Whether the actor proposes titles to be recorded: a handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def unusual(division: Division, title: CityTitleKind | str, *, held: bool, since: dt.date) -> list[str]:
    """What speaks against a record without making it impossible; it is made with a reason alone."""
    if not held:
        return []
    known = {row.title for row in CityTitle.objects.filter(division=division, held=True, since__lte=since)}
    words = {"place": division.name, "title": CityTitleKind(title).of(division.name)}
    reasons = []
    if title == CityTitleKind.PILOT and CityTitleKind.ST_STRONG not in known:
        reasons.append(
            _("“%(place)s”没有登记过科技强市、县（市、区）称号，一般不能列为“%(title)s”（C-III.1）。") % words
        )
    if title == CityTitleKind.INNOVATIVE and CityTitleKind.PILOT not in known:
        reasons.append(_("“%(place)s”没有登记过试点，一般不能认定为“%(title)s”（C-III.2g）。") % words)
    if division.valid_to:
        reasons.append(_("“%(place)s”的代码已经停用。") % words)
    return reasons


def impossible(division: Division, title: CityTitleKind, *, held: bool, since: dt.date, citation: str) -> list[str]:
    """Why a fact about a title cannot be: where it lies, when it begins, what was recorded before."""
    words = {"place": division.name, "title": title.of(division.name), "day": since.isoformat()}
    reasons = []
    if division.level == DivisionLevel.PROVINCE:
        reasons.append(_("称号属于设区市或县（市、区），不属于省。"))
    if since > instants.today():
        reasons.append(_("起始日期不能晚于今天。"))
    if not citation.strip():
        reasons.append(_("请写明依据，如批准文件的名称和文号。"))
    last = CityTitle.objects.filter(division=division, title=title).order_by("-since", "-recorded_at").first()
    if last is not None and since < last.since:
        reasons.append(
            _("“%(place)s”的“%(title)s”已登记到%(last)s，不能早于该日。") % {**words, "last": last.since.isoformat()}
        )
    elif (last is not None and last.held) == held:
        said = _("“%(place)s”已持有“%(title)s”。") if held else _("“%(place)s”没有持有“%(title)s”，不能终止。")
        reasons.append(said % words)
    return reasons


@transaction.atomic
def keep_title(
    division: Division,
    title: CityTitleKind | str,
    *,
    held: bool,
    since: dt.date,
    citation: str,
    office: Organisation,
    actor: Actor | None = None,
    precision: Precision | str = Precision.DAY,
    note: str = "",
    sample: bool = False,
) -> CityTitle:
    """Write a title down with its event in the place's own chain, which begins with its first record."""
    former = CityTitle.objects.filter(division=division, paper=None).order_by("recorded_at").first()
    row = CityTitle(
        division=division, title=title, held=held, since=since, precision=precision, citation=citation.strip(),
        note=note.strip(), recorded_by=actor.person if actor else None, sample=sample,
    )  # fmt: skip
    row.dossier = former.dossier if former else row.pk
    if former is None:
        ledger.open_chain(row.dossier, office)
    row.save(force_insert=True)
    ledger.append(
        row, "record_title", recorded("登记称号：%(place)s") % {"place": division.name}, actor, dossier=row.dossier,
        reason=row.citation, data={"place": division.pk, "title": str(title), "held": held, "since": since.isoformat()},
        basis="C-III.1",
    )  # fmt: skip
    return row


@transaction.atomic
def confer_title(division: Division, title: CityTitleKind, *, paper: Paper, dossier: UUID, actor: Actor) -> CityTitle:
    """授予称号 (U4, U7): a place holds a title from the day of the paper that confers it. Raises Refused."""
    if title not in CONFERRED_BY or not getattr(actor, CONFERRED_BY[title]):
        raise Refused([_("这一称号不由本单位的文件授予。")])
    if paper.confers != title:
        raise Refused([_("文件不授予“%(title)s”。") % {"title": title.label}])
    if titles.holds(division, title, paper.issued_on):
        raise Refused(
            [_("“%(place)s”已持有“%(title)s”。") % {"place": division.name, "title": title.of(division.name)}]
        )
    row = CityTitle.objects.create(
        division=division, title=title, since=paper.issued_on, paper=paper, dossier=dossier, recorded_by=actor.person
    )
    ledger.append(
        row, "confer_title", recorded("授予称号：%(place)s") % {"place": division.name}, actor, dossier=dossier,
        data={"place": division.pk, "title": str(title), "paper": paper.number}, basis="C-III.2d; C-III.2g",
    )  # fmt: skip
    return row


@transaction.atomic
def end_titles(division: Division, *, paper: Paper, dossier: UUID, actor: Actor) -> list[CityTitle]:
    """退出 (CT-90): a place holds no title of the programme from the day of the paper on. Raises Refused.

    Who conferred the highest of them ends them all: 省政府 where the place is recognised, else 省科技厅. What the state
    or the province's 科技强市 rests on is not touched.
    """
    found = titles.standing_on(paper.issued_on, [division.pk]).get(division.pk, {})
    held = [title for title in CONFERRED_BY if title in found]
    if not held:
        raise Refused([_("“%(place)s”不是创新型（试点）城市（县、区），不需退出。") % {"place": division.name}])
    if not getattr(actor, CONFERRED_BY[held[-1]]):
        raise Refused([_("这一称号不由本单位的文件终止。")])
    if paper.confers != LegalEffect.LEFT:
        raise Refused([_("文件不终止称号。")])
    rows = [
        CityTitle.objects.create(
            division=division, title=title, held=False, since=paper.issued_on, paper=paper, dossier=dossier,
            recorded_by=actor.person,
        )
        for title in held
    ]  # fmt: skip
    ledger.append(
        rows[-1], "end_titles", recorded("终止称号：%(place)s") % {"place": division.name}, actor, dossier=dossier,
        data={"place": division.pk, "titles": [str(title) for title in held], "paper": paper.number}, basis="CT-90",
    )  # fmt: skip
    return rows
