"""Who may act in the joint review, and what stands in an act's way."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actors import Actor
from reviews import words
from reviews.enums import CaseStatus, OpinionStatus, Outcome
from reviews.enums_publicity import ObjectionStatus, PublicityResult
from reviews.models import Case, Objection, Opinion, Publicity
from workflow import instants, ledger
from workflow.models import Task
from workflow.parameters import value

# The acts that remind a department of its opinion (催办), by hand or by the clock.
REMINDERS = ("remind", "reminder", "overdue")


def is_lead_signer(actor: Actor, case: Case) -> bool:
    """The signer of 省科技厅."""
    return actor.is_lead and actor.is_signer


def is_signatory_of_owner(actor: Actor, case: Case) -> bool:
    """The signer of the applicant government, who takes the filing back (T31)."""
    applies = actor.may_file_for_place if case.filing.division_id else actor.is_applicant
    return actor.is_signer and applies and actor.organisation.pk == case.tenant_id


def decided_by_the_lead(case: Case) -> list[str]:
    """A city or county is determined by 省科技厅 with the departments, without the provincial government (C-III.2d)."""
    if not case.direct:
        return []
    if case.is_alone:
        return [_("这类申报由省科技厅决定。")]
    return [_("创新型试点城市（县、区）由省科技厅会同省级有关部门审核确定。")]


def decided_by_the_government(case: Case) -> list[str]:
    """A park is decided on by the provincial government (P-II.1.8d)."""
    return [] if case.direct else [_("这类申报须报省政府审定。")]


def not_concluded_so(case: Case) -> list[str]:
    """A place is determined as it was concluded; what lies before 省科技厅 alone needs no conclusion."""
    if case.is_alone:
        return []
    conclusion = case.conclusion
    if conclusion is None or conclusion.outcome != Outcome.RECOMMEND:
        return [_("审核结论不是“建议列为试点”。")]
    return []


def concluded_for_it(case: Case) -> list[str]:
    """A place that was concluded to become a pilot is not turned down."""
    return [] if case.is_alone or not_concluded_so(case) else [_("审核结论是“建议列为试点”，请按结论公布。")]


def is_government_signer(actor: Actor, case: Case) -> bool:
    """The signer of 省政府办公厅."""
    return actor.is_government and actor.is_signer


def is_department_signer(actor: Actor, opinion: Opinion) -> bool:
    """The signer of the department that was asked."""
    return actor.is_signer and actor.organisation.pk == opinion.tenant_id


def is_lead_handler(actor: Actor, subject: Any) -> bool:
    """A handler of 省科技厅."""
    return actor.is_lead and actor.is_handler


def opinions_outstanding(case: Case) -> list[str]:
    """The departments that were asked have to have answered, or to have let the day pass (P-II.1.8c, AMB-21)."""
    asked = list(case.opinions.select_related("tenant"))
    waiting = [opinion for opinion in asked if opinion.status == OpinionStatus.REQUESTED]
    if len(asked) - len(waiting) >= len(asked) * value("opinion_quorum"):
        return []
    names = "、".join(opinion.tenant.short_name for opinion in waiting)
    return [_("尚未收到%(names)s的意见。") % {"names": names}]


def not_late(opinion: Opinion) -> list[str]:
    """An opinion lapses only after its day, and never while the day may still be kept."""
    if instants.is_over(opinion.due_on):
        return []
    return [_("%(office)s的意见还没有到期，不能按逾期处理。") % {"office": opinion.tenant.short_name}]


def not_reminded(opinion: Opinion) -> list[str]:
    """An opinion lapses only when the department was reminded."""
    tasks = Task.objects.filter(subject_id=opinion.pk).values("pk")
    about = Q(subject_id=opinion.pk) | Q(subject_id__in=tasks)
    if ledger.history(opinion.dossier).filter(about, name__in=REMINDERS).exists():
        return []
    return [_("还没有催办过%(office)s，请先催办。") % {"office": opinion.tenant.short_name}]


def review_over(opinion: Opinion) -> list[str]:
    """What a department says counts until the conclusion."""
    return [] if opinion.case.status == CaseStatus.REVIEWING else [words.over(opinion.case)]


def nothing_to_conclude(case: Case) -> list[str]:
    """A second conclusion is drawn only when an objection to the first was upheld (T11); some cases have none."""
    if case.is_alone:
        return [_("这类申报由省科技厅直接办理，不形成审核结论。")]
    if case.status != CaseStatus.CONCLUDED or is_set_aside(case):
        return []
    return [words.said(case, "conclusion.formed")]


def is_set_aside(case: Case) -> bool:
    """Whether the conclusion signed last fell with an upheld objection."""
    conclusion = case.conclusion
    return (
        conclusion is not None
        and Publicity.objects.filter(conclusion=conclusion, result=PublicityResult.UPHELD).exists()
    )


def not_recommended(case: Case) -> list[str]:
    """Only what is recommended for the list is made public beforehand (T10)."""
    conclusion = case.conclusion
    if conclusion is None or conclusion.outcome != Outcome.RECOMMEND:
        return [_("联审结论不是“建议列入”，不需要公示。")]
    return []


def conclusion_set_aside(case: Case) -> list[str]:
    """After an upheld objection another conclusion is due first."""
    return [_("公示期间的异议成立，请先重新形成联审结论。")] if is_set_aside(case) else []


def objections_open(case: Case) -> list[str]:
    """Every objection is answered before the next step (T11)."""
    states = [ObjectionStatus.RECEIVED, ObjectionStatus.ACCEPTED]
    count = Objection.objects.filter(publicity__case=case, status__in=states).count()
    return [_("还有 %(n)d 件异议没有办结。") % {"n": count}] if count else []


def publicity_unfinished(case: Case) -> list[str]:
    """What is recommended goes up only after its public notice has ended and its result is published (T12)."""
    conclusion = case.conclusion
    if conclusion is None or conclusion.outcome != Outcome.RECOMMEND:
        return []
    notice = case.publicity
    if notice is None or notice.conclusion_id != conclusion.pk:
        return [_("建议列入的园区须先公示，公示结束并公布结果后才能报审。")]
    if notice.closed_at is None:
        if not is_over(notice):
            return [_("公示到%(day)s结束，之后公布结果才能报审。") % {"day": date_format(notice.ends_on)}]
        return [_("公示期已满，请先公布公示结果。")]
    return []


def is_over(notice: Publicity) -> bool:
    """Whether the last day of a public notice has passed: to the end of that day, Beijing time."""
    return instants.is_over(notice.ends_on)


def publicity_running(notice: Publicity) -> list[str]:
    """The result is published after the last day."""
    if is_over(notice):
        return []
    return [_("公示到%(day)s结束，期满后才能公布结果。") % {"day": date_format(notice.ends_on)}]


def questions_open(case: Case) -> list[str]:
    """No conclusion while the city owes an answer."""
    count = case.questions.filter(answered_at=None, cancelled_at=None).count()
    return [_("还有 %(n)d 个询问申报单位尚未答复。") % {"n": count}] if count else []


def conclusion_missing(case: Case) -> list[str]:
    """What goes up to the provincial government rests on a signed conclusion."""
    if case.is_alone or case.conclusion:
        return []
    return [_("还没有%(conclusion)s。") % {"conclusion": words.said(case, "conclusion")}]
