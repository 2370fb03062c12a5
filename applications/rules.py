"""Who may act on a filing, and what stands in an act's way."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.actors import Actor
from applications.enums import FilingStatus, KindCode
from applications.kinds import kind_of
from applications.models import Delegation, Filing
from notifications.enums import DraftStatus
from notifications.models import Draft
from workflow import ledger

REQUEST = "creation_request"
# While the plan is in work: before it is sent, and while a supplement is owed.
IN_WORK = frozenset({FilingStatus.DRAFT, FilingStatus.RETURNED})


# Higher rooms may open named parts of a filing after acceptance (a supplementary change): by keys, for its owner.
Opener = Callable[[Filing], frozenset[str]]
_openers: list[Opener] = []


def opener(function: Opener) -> Opener:
    """Register a function that gives the keys of a filing that may be changed although the plan as a whole may not."""
    _openers.append(function)
    return function


def opened_keys(filing: Filing) -> set[str]:
    """The keys that were opened for a change of a filing that is not in work any more."""
    return {key for function in _openers for key in function(filing)}


def is_opened(filing: Filing, keys: Collection[str]) -> bool:
    """Whether all of these keys, and there are some, were opened for a change."""
    return bool(keys) and set(keys) <= opened_keys(filing)


def is_signatory_of_owner(actor: Actor, filing: Filing) -> bool:
    """The signer (签发人) of the applicant government (P-II.1.8a)."""
    if not actor.is_signer or actor.organisation.pk != filing.tenant_id:
        return False
    return actor.is_applicant or (filing.division_id is not None and actor.may_file_for_place)


def is_handler_of_owner(actor: Actor, filing: Filing | Delegation) -> bool:
    """A handler (经办人) of the applicant government."""
    return actor.is_handler and actor.organisation.pk == filing.tenant_id


def is_government_handler(actor: Actor, filing: Filing) -> bool:
    """A handler of 省政府办公厅, who routes (交办)."""
    return actor.is_government and actor.is_handler


def is_lead_signer(actor: Actor, filing: Filing) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def is_lead_leader(actor: Actor, filing: Filing) -> bool:
    """The reviewer or the signer of 省科技厅, who confirms what is proposed to a named official."""
    return actor.is_lead and (actor.is_reviewer or actor.is_signer)


def is_government_signer(actor: Actor, filing: Filing) -> bool:
    """The signer of 省政府办公厅, who decides in the provincial government's name."""
    return actor.is_government and actor.is_signer


def is_editable(filing: Filing) -> bool:
    """Whether the plan may be changed: while drafting or owed a supplement, and not under check in the city."""
    if filing.status not in IN_WORK:
        return False
    return not Draft.objects.filter(
        kind=REQUEST, subject_id=filing.pk, status__in=[DraftStatus.CHECKING, DraftStatus.SIGNING]
    ).exists()


def plan_incomplete(filing: Filing) -> list[str]:
    """What the plan still misses (thirteen materials, required fields, boundary, 1–3 industries)."""
    from applications.completeness import missing

    found = missing(filing)
    if not found:
        return []
    head = ngettext("还有 %(n)d 项没有完成：", "还有 %(n)d 项没有完成：", len(found)) % {"n": len(found)}
    return [head + "、".join(str(item.text) for item in found[:5]) + (_("等") if len(found) > 5 else "")]


def remarks_unanswered(filing: Filing) -> list[str]:
    """Remarks that the city still owes an answer: no next step with an open remark."""
    count = filing.remarks.to_answer().count()
    return [_("还有 %(n)d 条补正意见没有答复。") % {"n": count}] if count else []


def remarks_unsettled(filing: Filing) -> list[str]:
    """Remarks that 省科技厅 has neither settled nor cancelled: no acceptance with an open remark."""
    count = filing.remarks.unsettled().count()
    return [_("还有 %(n)d 条补正意见没有核对通过，也没有撤销，不能受理。") % {"n": count}] if count else []


def is_holder(actor: Actor, delegation: Delegation) -> bool:
    """A handler of the office, or the very colleague, to whom a section was given to fill in."""
    if not actor.is_handler or actor.organisation.pk != delegation.organisation_id:
        return False
    return delegation.person_id in {None, actor.person.pk}


def goes_by_the_government(filing: Filing) -> list[str]:
    """Whose receiver is the provincial government cannot be sent to 省科技厅 itself."""
    return [] if kind_of(filing).direct else [_("这类申报向省政府提出，由省政府办公厅交办。")]


def window_closed(filing: Filing) -> list[str]:
    """Outside the windows that 省科技厅 announced no place can apply for the pilot (U1)."""
    from applications.services.place_openings import closed

    return closed() if filing.kind == KindCode.CITY else []


def goes_to_the_lead(filing: Filing) -> list[str]:
    """An application of a city or county goes to 省科技厅 itself (C-III.2b)."""
    return [_("这类申报直接向省科技厅提出（C-III.2b）。")] if kind_of(filing).direct else []


def unassessed(filing: Filing) -> list[str]:
    """The departments review a city or county after its assessment by a third party (C-III.2c, C-III.2d)."""
    from applications.evaluating import assessment_of

    if filing.kind != KindCode.CITY or assessment_of(filing) is not None:
        return []
    return [_("须先经第三方机构测评，再由部门审核（C-III.2c）。")]


def review_is_over(filing: Filing) -> list[str]:
    """A filing is withdrawn before the decision only (T31: PK-10 to PK-23)."""
    if filing.decision_paper_id is None:
        return []
    return [_("已经作出决定，不能再撤回。") if filing.division_id else _("省政府已经作出决定，不能再撤回。")]


def second_unacknowledged(filing: Filing) -> list[str]:
    """A second filing of a host zone is accepted only after 省科技厅 acknowledged its reason (P-II.1.2d, P-II.1.2g)."""
    if not filing.second_reason:
        return []
    known = ledger.history(filing.dossier).filter(subject_id=filing.pk, name="acknowledge_second").exists()
    return [] if known else [_("同一开发区再次申报，须先确认“取得经验与成绩后再拓展”的理由（P-II.1.2g）。")]


def reapplication_unchanged(filing: Filing) -> list[str]:
    """A filing that follows a former one states what changed, and says something else than that one said."""
    if filing.former is None:
        return []
    if not filing.changes_stated.strip():
        return [_("请写明与前次申报相比有哪些变化。")]
    from applications.comparing import compare
    from applications.freezing import snapshot

    former = filing.former.versions.exclude(submitted_at=None).order_by("-serial").first()
    if former is not None and compare(_substance(former.content), _substance(snapshot(filing))).is_same:
        return [_("申报内容与前次完全相同，请先按前次的意见修改。")]
    return []


def _substance(content: dict[str, Any]) -> dict[str, Any]:
    """A content without what is only about there being two filings."""
    return {**content, "fields": {k: v for k, v in content["fields"].items() if k != "space.second_zone_reason"}}
