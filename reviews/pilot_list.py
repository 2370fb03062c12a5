"""The list of a notice of pilots (U4): which other applications one notice may name, and what stands against it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from applications.enums import KindCode
from notifications.enums import DraftStatus
from notifications.models import Draft
from reviews.enums import CaseStatus
from reviews.models import Case
from reviews.transitions import case as machine

NOTICE = "pilot_notice"
OPEN = (DraftStatus.DRAFTING, DraftStatus.CHECKING, DraftStatus.SIGNING)


def others_of(case: Case) -> list[Case]:
    """The other applications that could be published now by the notice of `case`: concluded for it, nothing open."""
    rows = Case.objects.filter(
        filing__kind=KindCode.CITY, status=CaseStatus.CONCLUDED, direct=True, sample=case.sample
    ).exclude(pk=case.pk)
    rows = rows.select_related("filing__tenant", "filing__division__parent").order_by("filing__division")
    return [one for one in rows if not _open_in(one) and not any(_standing_against(one))]


def named_in(draft: Draft) -> list[Case]:
    """The applications that a draft names beside its own, in the order of the codes of their places."""
    rows = Case.objects.filter(pk__in=draft.fields.get("together", []), filing__kind=KindCode.CITY)
    return list(rows.select_related("filing__tenant", "filing__division__parent").order_by("filing__division"))


def against(draft: Draft) -> list[str]:
    """Why the notice cannot be signed with what it names."""
    said = _("“%(place)s”：%(reason)s")
    found = []
    for one in named_in(draft):
        reasons = list(_standing_against(one))
        if other := _open_in(one, draft):
            reasons.append(_("正在另一份通知“%(draft)s”中办理。") % {"draft": other.title})
        found += [said % {"place": one.filing.park_name, "reason": reason} for reason in reasons]
    return found


def named_elsewhere(case: Case) -> list[str]:
    """Where the notice of another application names this one: it is published with that, not alone."""
    draft = _naming(case)
    if draft is None:
        return []
    told = _("已列入“%(draft)s”，随该通知公布；需要单独公布的，请先在该文稿中去掉。")
    return [told % {"draft": draft.title}]


def _standing_against(case: Case) -> Iterator[str]:
    arrow = machine["determine"]
    if case.status not in arrow.sources:
        yield _("现在的状态为“%(status)s”，不能公布。") % {"status": case.get_status_display()}
        return
    for rule in arrow.unless:
        yield from rule(case)


def _naming(case: Case, but: Draft | None = None) -> Draft | None:
    rows = Draft.objects.filter(kind=NOTICE, status__in=OPEN, fields__together__contains=str(case.pk))
    return rows.exclude(pk=but.pk).first() if but else rows.first()


def _open_in(case: Case, but: Draft | None = None) -> Draft | None:
    """The notice on its way that is about the application or names it, other than `but`."""
    own = Draft.objects.filter(kind=NOTICE, status__in=OPEN, subject_id=case.pk).first()
    return own or _naming(case, but)
