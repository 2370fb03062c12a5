"""The clauses of review of a case: who judges each, what the city said of it, and what that makes of the whole set."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_lead
from applications.enums import KindCode
from applications.kinds import kind_of
from indicators.services.recognition import Review, assess_recognition
from indicators.views.recognition import shown
from policy import clauses
from policy.clauses import Clause
from policy.outcomes import Kind
from reviews.enums import ExpertStatus, OpinionStatus
from reviews.enums_publicity import VisitKind
from reviews.models import Case, ExpertOpinion, ItemOutcome, Opinion, ReviewItem, Visit
from workflow.parameters import value

# In these kinds of filings each clause of review is judged by somebody named, with reasons.
JUDGED = frozenset({KindCode.RECOGNITION})
TAGS = {ItemOutcome.MET: "done", ItemOutcome.NOT_MET: "late", ItemOutcome.NOT_ASSESSABLE: "warning"}
# What has been said of an opinion or an invitation that was taken back no longer opens the dossier.
GONE = (OpinionStatus.WITHDRAWN, OpinionStatus.SUPERSEDED)


def clauses_of(case: Case) -> list[Clause]:
    """The clauses that named reviewers judge in this case; none in a kind of filing that has no such reviewers."""
    if case.filing.kind not in JUDGED:
        return []
    return [one for one in clauses.load(kind_of(case.filing).clause_set).clauses if one.kind is Kind.REVIEW]


def standing(case: Case) -> QuerySet[ReviewItem]:
    """The items that stand, as far as the scope lets one see them."""
    return ReviewItem.objects.filter(case=case, withdrawn_at=None).select_related("tenant", "reviewer")


def reviewers_for(case: Case) -> list[Organisation]:
    """Who may be asked: 省科技厅 itself, the departments that were asked for an opinion, the experts invited."""
    asked = Opinion.objects.filter(case=case).exclude(status__in=GONE).values("tenant")
    invited = ExpertOpinion.objects.filter(case=case).exclude(status=ExpertStatus.WITHDRAWN).values("tenant")
    rows = Organisation.objects.filter(pk__in=asked) | Organisation.objects.filter(pk__in=invited)
    return [the_lead(), *rows.filter(active=True).order_by("order", "pk")]


def may_judge(item: ReviewItem, actor: Actor) -> bool:
    """Whether this person judges the item now: of its office, before the conclusion, once."""
    return (
        item.tenant_id == actor.organisation.pk
        and (actor.is_handler or actor.is_expert)
        and item.judged_at is None
        and item.withdrawn_at is None
        and item.case.status == "reviewing"
    )


def said_of(content: dict[str, Any], clause: str) -> list[dict[str, str]]:
    """What the frozen application says of a clause, as label and text, the names of the files last."""
    told = [
        {"label": str(field["label"]), "text": str(content["fields"].get(field["key"]) or "")}
        for section in content["sections"]
        for field in section["fields"]
        if field["clause"] == clause
    ]
    return [row for row in told if row["text"]]


def rows(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """The clauses with their item, for those who see all; an office or expert sees the items it was given."""
    wanted = clauses_of(case)
    if not wanted:
        return []
    earlier: dict[str, list[ReviewItem]] = defaultdict(list)
    found: dict[str, ReviewItem] = {}
    for one in ReviewItem.objects.filter(case=case).select_related("tenant").order_by("requested_at"):
        one.case = case  # not read again for each
        if one.withdrawn_at is None:
            found[one.clause] = one
        else:
            earlier[one.clause].append(one)
    every = actor.is_lead or actor.is_government
    works = actor.is_lead and actor.is_handler and case.status == "reviewing"
    return [
        {
            "clause": clause,
            "item": item,
            "tag": tag_of(item),
            "said": said_of(case.version.content, clause.id),
            "earlier": earlier[clause.id] if every else [],
            "may_judge": item is not None and may_judge(item, actor),
            "may_withdraw": item is not None and works,
        }
        for clause in wanted
        if (item := found.get(clause.id)) is not None or every
    ]


def tag_of(item: ReviewItem | None) -> dict[str, Any]:
    """How an item stands, as a tag."""
    if item is None:
        return {"kind": "info", "text": _("未指定评审")}
    if item.judged_at is None:
        return {"kind": "waiting", "text": _("待评定")}
    return {"kind": TAGS[ItemOutcome(item.outcome)], "text": item.get_outcome_display()}


def judgement(case: Case) -> dict[str, Any] | None:
    """All conditions as they stand with what the reviewers said so far, for the case page; None without reviewers.

    Judged for the year of the data book, as on the day of the application.
    """
    park = case.filing.park
    if case.filing.kind not in JUDGED or park is None or case.filing.submitted_at is None:
        return None
    said = {
        item.clause: Review(item.outcome, f"{item.tenant.short_name}{item.reviewer_name}", item.reason)
        for item in standing(case)
        if item.judged_at is not None
    }
    year, day = int(case.version.content["years"][-1]), timezone.localdate(case.filing.submitted_at)
    return shown(assess_recognition(park, year, day, reviews=said))


def unjudged(case: Case) -> list[str]:
    """No conclusion before each clause of review was judged by somebody named (P-II.3.0b)."""
    wanted = clauses_of(case)
    if not wanted:
        return []
    done = set(standing(case).filter(judged_at__isnull=False).values_list("clause", flat=True))
    left = [clause.id for clause in wanted if clause.id not in done]
    if not left:
        return []
    return [_("还有 %(n)d 项评审条款没有评定：%(clauses)s。") % {"n": len(left), "clauses": "、".join(left)}]


def site_unchecked(case: Case) -> list[str]:
    """No conclusion on a recognition before the park was looked at on the spot, with signed minutes (P-II.3.0b)."""
    if case.filing.kind not in JUDGED or not value("recognition_site_check"):
        return []
    seen = Visit.objects.filter(case=case, kind=VisitKind.SITE, paper__isnull=False).exists()
    return [] if seen else [_("还没有现场考察，或者考察纪要没有签发（P-II.3.0b）。")]
