"""The papers by which a place leaves the programme, or does not (CT-90): of 省科技厅, or of 省政府 on its request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PLACE, PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_leaving
from reviews import services
from reviews.enums import Ruling
from reviews.outcomes import outcome_of
from reviews.outcomes.leaving import ended_by, state_title
from reviews.papers.determination import NoPilotForm, copies_of
from reviews.papers.shared import PROVINCE, case_of, case_page, said


class ExitForm(forms.Form):
    """What the notice asks of the place that leaves."""

    duties = text_field(_("后续要求"), _("在建项目、经费和数据的衔接，每行一条；可以不填。"), rows=5, required=False)


class NoExitForm(NoPilotForm):
    """Why a place does not leave."""

    reasons = text_field(_("不同意退出的理由"), _("逐条写明，每行一条；申报单位可以看到。"))


class ExitReportForm(forms.Form):
    """What 省科技厅 lays before the province."""

    grounds = text_field(_("有关情况"), _("退出的理由、后续安排和我厅意见，每行一段。"))
    contact = contact_field()


def _compose_notice(draft: Draft) -> dict[str, Any]:
    case, lead = case_of(draft), official_name(the_lead())
    text = outcome_of(case).compose(said(case.filing), lead, lines(draft.fields.get("duties", "")), case)
    if case.direct:
        return addressed(text, official_name(draft.tenant), [case.filing.tenant], copies_of(case))
    return addressed(text, PROVINCE, [case.filing.tenant], [the_lead(), *copies_of(case)])


def _notice_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), True, draft.fields.get("duties", ""), paper, actor)


def _consent_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.decide(case_of(draft), Ruling.LIST, draft.fields.get("duties", ""), paper, actor)


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording_leaving.exit_refusal(
        office,
        said(case.filing),
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [case.filing.tenant], copies_of(case))


def _refusal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.determine(case_of(draft), False, draft.fields["reasons"], paper, actor)


def _compose_report(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording_leaving.exit_report(
        office,
        said(case.filing),
        held=ended_by(case),
        state=state_title(case),
        grounds=lines(draft.fields.get("grounds", "")) or [BLANK],
        signer=draft.signer.name if draft.signer else "",
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [the_government()])


def _report_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.lay_before_the_province(case_of(draft), paper, actor)


register(
    PaperKind(
        "exit_notice", _("退出创新型城市建设的通知"), _("签发后称号即终止并公布"), PLACE,
        _compose_notice, _notice_signed, ExitForm, confers=lambda draft: LegalEffect.LEFT, published=True,
        page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "exit_consent", _("同意退出创新型城市建设的通知"), _("签发后称号即终止并公布"), "reply",
        _compose_notice, _consent_signed, ExitForm, confers=lambda draft: LegalEffect.LEFT, published=True,
        page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "exit_refusal", _("不同意退出的复函"), _("签发后即告知不同意退出，称号不变"), "letter",
        _compose_refusal, _refusal_signed, NoExitForm, required(NoExitForm), page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "exit_report", _("退出创新型城市建设的请示"), _("签发后即报省政府审定"), PLACE,
        _compose_report, _report_signed, ExitReportForm, required(ExitReportForm), page=case_page,
    )
)  # fmt: skip
