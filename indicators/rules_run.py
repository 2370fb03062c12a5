"""Who may act on a year's computation, and what stands in its way (T17)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators.enums import Programme, RunStatus, SubjectKind
from indicators.models import FigureObjection, Run


def is_worker(actor: Actor | None, run: Run) -> bool:
    """Nobody's hand: the worker computes."""
    return actor is None


def is_handler_of_lead(actor: Actor | None, run: Run) -> bool:
    """A handler of 省科技厅, who proposes the release (R6)."""
    return actor is not None and actor.is_lead and actor.is_handler


def is_of_lead(actor: Actor | None, run: Run) -> bool:
    """Anybody of 省科技厅 who works on papers: a proposal may be taken back by each of them."""
    return actor is not None and actor.is_lead and (actor.is_handler or actor.is_reviewer or actor.is_signer)


def is_signer_of_lead(actor: Actor | None, run: Run) -> bool:
    """The signer of 省科技厅, another person than who proposed the release."""
    return actor is not None and actor.is_lead and actor.is_signer and actor.person.pk != run.proposed_by_id


def is_dry(run: Run) -> list[str]:
    """A dry run (试算) is looked at and never released."""
    return [_("试算结果不能发布，请进行正式测算。")] if run.dry else []


def nothing_computed(run: Run) -> list[str]:
    """There is nobody of whom anything could be released."""
    return [] if run.total else [_("本年度没有测算对象，没有可以发布的结果。")]


def newer_computed(run: Run) -> list[str]:
    """The year was computed anew since: only the newest result may be released."""
    later = Run.objects.filter(programme=run.programme, year=run.year, number__gt=run.number, dry=False)
    newest = later.exclude(status=RunStatus.FAILED).order_by("-number").first()
    if newest is None:
        return []
    return [_("本年度已有更新的第 %(number)d 次测算，请发布最新的结果。") % {"number": newest.number}]


def objections_open(run: Run) -> list[str]:
    """A city objected to a figure that the year rests on, and is not answered yet."""
    kinds = (SubjectKind.CITY,) if run.programme == Programme.CITY else (SubjectKind.PARK, SubjectKind.ZONE)
    rows = FigureObjection.objects.filter(report__year=run.year, report__kind__in=kinds, answered_at=None)
    names = sorted(set(rows.values_list("report__name", flat=True)))
    return [_("还有数据异议没有答复：%(names)s。") % {"names": "、".join(names)}] if names else []


def another_proposed(run: Run) -> list[str]:
    """One result of a year at a time is before the signer."""
    others = Run.objects.filter(programme=run.programme, year=run.year, status=RunStatus.PROPOSED).exclude(pk=run.pk)
    found = others.first()
    if found is None:
        return []
    return [_("第 %(number)d 次测算已提请发布，请先撤回。") % {"number": found.number}]
