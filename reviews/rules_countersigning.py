"""Who countersigns the report upward (会签, T12), and what stands in the way of its signature."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from reviews.enums import CaseStatus, CountersignStatus, OpinionStatus
from reviews.models import Case, Countersignature
from workflow import instants
from workflow.parameters import value

OPEN_CASES = (CaseStatus.CONCLUDED, CaseStatus.PUBLICITY)


def is_countersigner(actor: Actor, row: Countersignature) -> bool:
    """The signer of the department that was asked, who is not the one that drafted its word."""
    return actor.is_signer and actor.organisation.pk == row.tenant_id and actor.person.pk != row.advised_by_id


def is_of_the_lead(actor: Actor, row: Any) -> bool:
    """Whoever drafts, checks or signs for 省科技厅."""
    return actor.is_lead and (actor.is_handler or actor.is_reviewer or actor.is_signer)


def is_lead_handler(actor: Actor, row: Any) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def is_lead_signer(actor: Actor, row: Any) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def report_is_gone(row: Countersignature) -> list[str]:
    """A countersignature comes before the signature of the report."""
    return [] if row.case.status in OPEN_CASES else [_("报审请示已经签发或者本案已经办结，不再会签。")]


def silence_holds(row: Countersignature) -> list[str]:
    """Silence lets the report go on only where the parameter says so, and only after the day (AMB-21)."""
    if not value("countersign_silence"):
        return [_("参数“逾期未会签视为同意”没有打开，须等%(office)s会签。") % {"office": row.tenant.short_name}]
    if not instants.is_over(row.due_on):
        return [_("%(office)s的会签还没有到期。") % {"office": row.tenant.short_name}]
    return []


def countersigners(case: Case, also: list[str] | None = None) -> list[Organisation]:
    """Those whose signed opinion the conclusion relies on; of the others that were asked `also` these (codes)."""
    relied_on = Q(status=OpinionStatus.SIGNED) | Q(tenant__code__in=also or [])
    asked = case.opinions.filter(relied_on).values("tenant")
    return list(Organisation.objects.filter(pk__in=asked, active=True).order_by("order", "code"))


def countersigning_open(case: Case) -> list[str]:
    """No signature of the report while a countersignature is open or objected (T12)."""
    if not value("countersigning") or case.conclusion is None:
        return []
    rows = list(Countersignature.objects.filter(case=case).select_related("tenant").order_by("tenant__order"))
    if not rows:
        return [_("请示还没有送会签；审核通过后即送有关部门会签。")] if countersigners(case) else []
    reasons = []
    if names := _names(rows, CountersignStatus.ASKED):
        reasons.append(_("%(names)s还没有会签。") % {"names": names})
    if names := _names(rows, CountersignStatus.OBJECTED):
        reasons.append(
            _("%(names)s对文稿有不同意见；请协商一致、修改文稿后重新会签，或者列明分歧。") % {"names": names}
        )
    return reasons


def _names(rows: list[Countersignature], status: CountersignStatus) -> str:
    return "、".join(row.tenant.short_name for row in rows if row.status == status)
