"""The papers of a sanction: 告知书, 陈述申辩, 黄牌警告, 不予处理, 请示, 取消通知, 复核, 撤回."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import the_government, the_lead
from indicators.enums_sanction import RUNNING, STANDING, ReviewOutcome, SanctionStatus
from indicators.models import SanctionCase
from indicators.papers.sanction_shared import (
    Content,
    answers,
    case_of,
    case_page,
    heard,
    official_field,
    parties,
    resting_words,
    said,
    told,
)
from indicators.parameters_sanction import PLAN_DAYS, RECEIPT_DAYS, REVIEW_DAYS, STATEMENT_DAYS
from indicators.services import sanctions
from indicators.services.sanctions.reviewing import strike_obstacles
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_sanction as wording
from workflow.ledger import in_chinese
from workflow.parameters import value

PROVINCE = wording.PROVINCE


class ContactForm(forms.Form):
    """Nothing but whom to ask: the rest follows from the findings."""

    contact = contact_field()


class ReasonsForm(forms.Form):
    """Reasons, one a line, each of which is answered by itself."""

    reasons = text_field(_("理由"), _("每行一条，对方将逐条答复。"), rows=10)
    contact = contact_field()


class WarningForm(forms.Form):
    """What the warning adds to its fixed wording."""

    official = official_field()
    duties = text_field(_("其他要求"), _("每行一段；可以不填。"), required=False)
    contact = contact_field()


class SpareForm(forms.Form):
    """Why nothing is imposed."""

    official = official_field()
    reasons = text_field(_("理由"), _("每行一条。"))


class RequestForm(forms.Form):
    """What the 请示 adds."""

    summary = text_field(_("办理情况"), _("征求成员单位意见等情况，每行一段；可以不填。"), required=False)
    contact = contact_field()


class OfficialForm(forms.Form):
    """Who decides."""

    official = official_field()


class ReviewForm(forms.Form):
    """The outcome of a review."""

    outcome = forms.ChoiceField(label=_("复核结果"), choices=ReviewOutcome.choices, widget=forms.RadioSelect)
    official = official_field()
    struck = text_field(
        _("不再计入的要求"),
        _("变更黄牌警告时填写条款编号，每行一条，如 P-II.2.2b；取消创建资格的变更为黄牌警告，不填。"),
        rows=3,
        required=False,
    )
    reasons = text_field(_("理由"), _("每行一条，逐一回应复核申请的理由。"))


class TakeBackForm(forms.Form):
    """What is said beyond the changed result."""

    reasons = text_field(_("说明"), _("每行一段；可以不填，评价结果的变化已经自动写入。"), required=False)


# -- 告知书 ----------------------------------------------------------------------------------------
def _notice(draft: Draft) -> Content:
    case, office = case_of(draft), official_name(draft.tenant)
    review = "决定作出后，你市还可以申请复核。"
    text = wording.notice(
        office, said(case), days=value(STATEMENT_DAYS.name), receipt=value(RECEIPT_DAYS.name), review=review,
        contact=draft.fields.get("contact", ""),
    )  # fmt: skip
    return addressed(text, office, [case.tenant], told(case))


def _noticed(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.notify(case_of(draft), paper, actor)


# -- 陈述申辩意见, 复核申请 --------------------------------------------------------------------------
def _statement(draft: Draft) -> Content:
    case, office, lead = case_of(draft), official_name(draft.tenant), the_lead()
    reasons = lines(draft.fields.get("reasons", "")) or [BLANK]
    contact = draft.fields.get("contact", "")
    text = wording.statement(office, said(case), to=official_name(lead), reasons=reasons, contact=contact)
    return addressed(text, office, [lead], parties(case, draft.tenant))


def _stated(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.state(case_of(draft), lines(draft.fields["reasons"]), paper, actor)


def _review_request(draft: Draft) -> Content:
    case, office = case_of(draft), official_name(draft.tenant)
    decides = the_government() if case.is_revocation else the_lead()
    to = PROVINCE if case.is_revocation else official_name(decides)
    reasons = lines(draft.fields.get("reasons", "")) or [BLANK]
    contact = draft.fields.get("contact", "")
    text = wording.review_request(office, said(case), to=to, reasons=reasons, contact=contact)
    return addressed(
        text, office, [decides], [*([the_lead()] if case.is_revocation else []), *parties(case, draft.tenant)]
    )


def _review_asked(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.ask_review(case_of(draft), paper, actor)


# -- 黄牌警告通知书, 不予处理决定书 -------------------------------------------------------------------
def _warning(draft: Draft) -> Content:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording.warning(
        office,
        said(case),
        official=draft.fields.get("official", "") or BLANK,
        answers=answers(case),
        heard=heard(case),
        plan_days=value(PLAN_DAYS.name),
        review_days=value(REVIEW_DAYS.name),
        duties=lines(draft.fields.get("duties", "")),
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [case.tenant], [*told(case), the_government()])


def _warned(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.impose(case_of(draft), paper, actor)


def _spared_text(draft: Draft, office: str) -> Content:
    case = case_of(draft)
    return wording.spared(
        office,
        said(case),
        official=draft.fields.get("official", "") or BLANK,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        answers=answers(case),
    )


def _spared(draft: Draft) -> Content:
    case = case_of(draft)
    office = PROVINCE if case.status == SanctionStatus.REPORTED else official_name(draft.tenant)
    copies = [one for one in [*told(case), the_lead()] if one.pk != draft.tenant_id]
    return addressed(_spared_text(draft, office), office, [case.tenant], copies)


def _spare_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.spare(case_of(draft), paper, actor)


# -- 请示, 取消通知 --------------------------------------------------------------------------------
def _request(draft: Draft) -> Content:
    case, office = case_of(draft), official_name(draft.tenant)
    text = wording.revocation_request(
        office,
        said(case),
        signer=draft.signer.name if draft.signer else BLANK,
        heard=heard(case),
        summary=lines(draft.fields.get("summary", "")),
        answers=answers(case),
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [the_government()])


def _requested(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.report(case_of(draft), paper, actor)


def _revocation(draft: Draft) -> Content:
    case, lead = case_of(draft), the_lead()
    text = wording.revocation(
        said(case),
        lead=official_name(lead),
        official=draft.fields.get("official", "") or BLANK,
        heard=heard(case),
        answers=answers(case),
        review_days=value(REVIEW_DAYS.name),
    )
    return addressed(text, PROVINCE, [case.tenant], [lead, *told(case)])


def _revoked(draft: Draft, paper: Paper, actor: Actor) -> None:
    sanctions.revoke(case_of(draft), paper, actor)


def _confers_revoked(draft: Draft) -> str:
    return LegalEffect.REVOKED


# -- 复核决定书, 撤回 ------------------------------------------------------------------------------
def _office(draft: Draft) -> str:
    return PROVINCE if draft.tenant_id == the_government().pk else official_name(draft.tenant)


def _review(draft: Draft) -> Content:
    case, office = case_of(draft), _office(draft)
    outcome = draft.fields.get("outcome")
    text = wording.reviewed(
        office,
        said(case),
        official=draft.fields.get("official", "") or BLANK,
        outcome=in_chinese(ReviewOutcome(outcome).label) if outcome in ReviewOutcome.values else BLANK,
        asked=case.review_paper.number if case.review_paper else BLANK,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        terms=_terms(draft, case),
    )
    copies = [one for one in [*told(case), the_lead(), the_government()] if one.pk != draft.tenant_id]
    return addressed(text, office, [case.tenant], copies)


def _terms(draft: Draft, case: SanctionCase) -> list[str]:
    """What a changed or annulled decision says beyond its outcome."""
    outcome, struck = draft.fields.get("outcome"), _struck(draft)
    if outcome == ReviewOutcome.CHANGED:
        named = {row["clause"]: f"{row['label']}（{row['clause']}）" for row in case.grounds}
        kept = [words for clause, words in named.items() if clause not in struck]
        return wording.changed(said(case), [named.get(one, one) for one in struck], kept, value(PLAN_DAYS.name))
    return resting_words(case) if outcome == ReviewOutcome.ANNULLED else []


def _struck(draft: Draft) -> list[str]:
    return lines(draft.fields.get("struck", ""))


def _review_missing(draft: Draft) -> list[str]:
    found = required(ReviewForm)(draft)
    return found or strike_obstacles(case_of(draft), draft.fields.get("outcome", ""), _struck(draft))


def _reviewed(draft: Draft, paper: Paper, actor: Actor) -> None:
    case, fields = case_of(draft), draft.fields
    sanctions.decide_review(case, fields["outcome"], fields["reasons"], paper, actor, _struck(draft))


def _review_confers(draft: Draft) -> str:
    ends = draft.fields.get("outcome") in (ReviewOutcome.ANNULLED, ReviewOutcome.CHANGED)
    return LegalEffect.CREATING if ends and case_of(draft).is_revocation else LegalEffect.NONE


def _taken_back(draft: Draft) -> Content:
    case, office = case_of(draft), _office(draft)
    decided = case.status not in RUNNING
    reasons = lines(draft.fields.get("reasons", ""))
    rests = resting_words(case) if decided else []
    text = wording.taken_back(office, said(case), decided=decided, doubts=case.doubts, reasons=[*reasons, *rests])
    copies = [one for one in [*told(case), the_lead(), the_government()] if one.pk != draft.tenant_id]
    return addressed(text, office, [case.tenant], copies)


def _take_back_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    case = case_of(draft)
    reasons = "\n".join([*case.doubts, *lines(draft.fields.get("reasons", ""))])
    sanctions.take_back(case, reasons, paper, actor)


def _take_back_confers(draft: Draft) -> str:
    case = case_of(draft)
    restores = case.is_revocation and case.status in STANDING
    return LegalEffect.CREATING if restores else LegalEffect.NONE


for _kind in (
    PaperKind(
        "sanction_notice", _("处理告知书"), _("签发后送达，听取陈述申辩"), "letter", _notice, _noticed,
        ContactForm, required(ContactForm), page=case_page,
    ),
    PaperKind(
        "sanction_statement", _("陈述申辩意见"), _("签发后送省科技厅，逐条答复"), "letter", _statement, _stated,
        ReasonsForm, required(ReasonsForm), page=case_page,
    ),
    PaperKind(
        "yellow_card", _("黄牌警告通知书"), _("签发后即给予黄牌警告并公布"), "letter", _warning, _warned,
        WarningForm, required(WarningForm), published=True, page=case_page,
    ),
    PaperKind(
        "sanction_spared", _("不予处理复核决定书"), _("签发后即终结，不予处理"),
        "letter", _spared, _spare_signed,
        SpareForm, required(SpareForm), page=case_page,
    ),
    PaperKind(
        "revocation_request", _("取消创建资格的请示"), _("签发后报省政府决定"), "request", _request, _requested,
        RequestForm, required(RequestForm), page=case_page,
    ),
    PaperKind(
        "revocation", _("取消创建资格的通知"), _("签发后园区即退出创建名单并公布"),
        "reply", _revocation, _revoked,
        OfficialForm, required(OfficialForm), confers=_confers_revoked, published=True, page=case_page,
    ),
    PaperKind(
        "review_request", _("复核申请"), _("签发后送作出决定的单位复核"),
        "letter", _review_request, _review_asked,
        ReasonsForm, required(ReasonsForm), page=case_page,
    ),
    PaperKind(
        "review_decision", _("复核决定书"), _("签发后复核决定即生效"), "letter", _review, _reviewed,
        ReviewForm, _review_missing, confers=_review_confers, published=True, page=case_page,
    ),
    PaperKind(
        "sanction_ended", _("终止办理通知"), _("签发后即终止办理"), "letter",
        _taken_back, _take_back_signed, TakeBackForm, required(TakeBackForm), page=case_page,
    ),
    PaperKind(
        "sanction_taken_back", _("撤销决定通知"), _("签发后即撤销原决定并公布"), "letter",
        _taken_back, _take_back_signed, TakeBackForm, required(TakeBackForm), confers=_take_back_confers,
        published=True, page=case_page,
    ),
):  # fmt: skip
    register(_kind)
