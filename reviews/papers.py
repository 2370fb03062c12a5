"""The papers of the joint review: 征求意见函, 复函, 纪要, the request upward, 批复 and the letter that declines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_departments, the_government, the_lead
from applications.models import Filing
from applications.papers import check_page
from applications.queries import in_words, latest_version
from applications.services import filing_of
from notifications.content import addressed, lines, official_name
from notifications.enums import LegalEffect
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.rendering import wording
from reviews import services
from reviews.enums import Outcome, Ruling, Stance
from reviews.models import Case, Opinion
from workflow.deadlines import due

BLANK = "（待填写）"
PROVINCE = "浙江省人民政府"
CONCLUDED = {
    Outcome.RECOMMEND: "列入创建省级高新技术产业园区名单",
    Outcome.DEFER: "暂缓列入创建省级高新技术产业园区名单",
    Outcome.DECLINE: "不列入创建省级高新技术产业园区名单",
}


def _text(label: Any, help_text: Any, rows: int = 6, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        required=required,
    )


def _contact() -> forms.CharField:
    return forms.CharField(label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False)


class ConsultationForm(forms.Form):
    """Whom 省科技厅 asks."""

    departments = forms.MultipleChoiceField(
        label=_("征求意见的部门"),
        help_text=_("九个部门全部参加联审联评（P-II.1.8c）。"),
        widget=forms.CheckboxSelectMultiple,
    )
    contact = _contact()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].choices = [  # type: ignore[attr-defined]
            (department.code, department.name) for department in the_departments()
        ]


class OpinionForm(forms.Form):
    """What a department says."""

    stance = forms.ChoiceField(label=_("意见"), choices=Stance.choices, widget=forms.RadioSelect)
    reasons = _text(_("理由和依据"), _("对照本部门职能逐条写明，每行一条。"))
    conditions = _text(_("条件"), _("选择“有条件同意”时必填，每行一条，申报单位将逐条落实。"), rows=4, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        conditions = lines(data.get("conditions", ""))
        if data.get("stance") == Stance.CONDITIONS and not conditions:
            self.add_error("conditions", gettext("选择“有条件同意”时，请至少写明一个条件。"))
        if data.get("stance") in {Stance.AGREE, Stance.DISAGREE} and conditions:
            self.add_error("conditions", gettext("只有“有条件同意”才列条件；请清空条件，或改选意见。"))
        return data


class MinutesForm(forms.Form):
    """What 省科技厅 concludes."""

    outcome = forms.ChoiceField(label=_("结论"), choices=Outcome.choices, widget=forms.RadioSelect)
    text = _text(_("结论说明"), _("申报单位可以看到这一段；请勿引用部门意见原文。每行一段。"))
    held = forms.CharField(
        label=_("会议时间和地点"), help_text=_("如：2026年11月20日，在省科技厅201会议室"), max_length=60
    )
    present = forms.CharField(label=_("出席"), help_text=_("出席人员名单"), max_length=500)


class ReportForm(forms.Form):
    """What goes up to the provincial government."""

    summary = _text(_("联审联评情况"), _("每行一段。"))
    contact = _contact()


class ApprovalForm(forms.Form):
    """What the approval adds to its fixed wording."""

    duties = _text(_("要求"), _("批复中对申报单位的要求，每行一条；可以不填。"), rows=5, required=False)


class RefusalForm(forms.Form):
    """Why a park is not listed, or deferred."""

    ruling = forms.ChoiceField(
        label=_("决定"),
        choices=[(Ruling.DEFER.value, Ruling.DEFER.label), (Ruling.DECLINE.value, Ruling.DECLINE.label)],
        widget=forms.RadioSelect,
    )
    reasons = _text(_("理由"), _("每行一条。"))
    contact = _contact()


def _required(form: type[forms.Form]) -> Callable[[Draft], list[str]]:
    """A rule: these fields of the draft are filled in and the form accepts them."""

    def missing(draft: Draft) -> list[str]:
        bound = form(draft.fields)
        if bound.is_valid():
            return []
        return [
            gettext("“%(field)s”：%(error)s") % {"field": bound.fields[name].label, "error": error}
            for name, errors in bound.errors.items()
            for error in errors
            if name in bound.fields
        ]

    return missing


def _case(draft: Draft) -> Case:
    return Case.objects.select_related("filing__tenant", "filing__host_zone", "filing__request_paper", "version").get(
        pk=draft.subject_id
    )


def _case_page(draft: Draft) -> str:
    return reverse("reviews:case", args=[draft.subject_id])


def _opinion_page(draft: Draft) -> str:
    return reverse("reviews:opinion", args=[draft.subject_id])


def _said(filing: Filing) -> wording.Filing:
    version = latest_version(filing)
    assert version is not None, "a filing under review was submitted"
    return in_words(filing, version)


# -- 征求意见函 (T6) -----------------------------------------------------------------------------
def _departments(draft: Draft) -> list[Organisation]:
    return list(the_departments().filter(code__in=draft.fields.get("departments", [])))


def _departments_missing(draft: Draft) -> list[str]:
    absent = the_departments().exclude(code__in=draft.fields.get("departments", []))
    names = "、".join(department.short_name for department in absent)
    return [gettext("联审联评须有全部九个部门参加，还缺：%(names)s。") % {"names": names}] if names else []


def _compose_consultation(draft: Draft) -> dict[str, Any]:
    filing, office, departments = filing_of(draft.subject_id), official_name(draft.tenant), _departments(draft)
    text = wording.consultation(
        office,
        _said(filing),
        departments=[official_name(department) for department in departments] or [BLANK],
        due=due(services.OPINION_DAYS).date,
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, departments)


def _consultation_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    filing = filing_of(draft.subject_id)
    version = latest_version(filing)
    assert version is not None, "an accepted filing was submitted"
    services.open_review(filing, version, _departments(draft), paper, actor)


# -- 复函 (T7) -----------------------------------------------------------------------------------
def _opinion(draft: Draft) -> Opinion:
    return Opinion.objects.select_related("case__filing__tenant", "case__filing__host_zone").get(pk=draft.subject_id)


def _compose_opinion(draft: Draft) -> dict[str, Any]:
    opinion, office, lead = _opinion(draft), official_name(draft.tenant), the_lead()
    stance = Stance(draft.fields.get("stance") or Stance.AGREE)
    text = wording.department_reply(
        office,
        _said(opinion.case.filing),
        to=official_name(lead),
        asked=opinion.case.inquiry_paper.number,
        opinion={Stance.AGREE: "同意", Stance.CONDITIONS: "有条件同意", Stance.DISAGREE: "不同意"}[stance],
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        conditions=lines(draft.fields.get("conditions", "")),
    )
    return addressed(text, office, [lead])


def _opinion_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.give_opinion(
        _opinion(draft), Stance(fields["stance"]), fields["reasons"], lines(fields.get("conditions", "")), paper, actor
    )


# -- 纪要 (T9) -----------------------------------------------------------------------------------
def _compose_minutes(draft: Draft) -> dict[str, Any]:
    case, office, fields = _case(draft), official_name(draft.tenant), draft.fields
    opinions = [
        (
            official_name(opinion.tenant),
            str(Stance(opinion.stance).label) if opinion.stance else "未回复",
            "；".join(opinion.conditions or lines(opinion.reasons)) or "—",
        )
        for opinion in case.opinions.select_related("tenant")
    ]
    outcome = CONCLUDED[Outcome(fields["outcome"])] if fields.get("outcome") else BLANK
    text = wording.joint_review_minutes(
        office,
        _said(case.filing),
        mark="联审联评会议纪要",
        held=fields.get("held") or BLANK,
        opinions=opinions,
        conclusion=[f"会议建议{outcome}。", *lines(fields.get("text", ""))],
        present=fields.get("present") or BLANK,
    )
    return addressed(text, office, [the_government()], sealed=False)


def _minutes_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.conclude(_case(draft), Outcome(fields["outcome"]), fields["text"], paper, actor)


# -- 请示 (T12) ----------------------------------------------------------------------------------
def _compose_report(draft: Draft) -> dict[str, Any]:
    case, office = _case(draft), official_name(draft.tenant)
    text = wording.report_upward(
        office,
        _said(case.filing),
        outcome=case.conclusion.outcome,
        signer=draft.signer.name if draft.signer else "",
        summary=lines(draft.fields.get("summary", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
        attachments=[f"联审联评会议纪要（{case.conclusion.paper.number}）"],
    )
    return addressed(text, office, [the_government()])


def _report_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.report(_case(draft), paper, actor)


# -- 批复 (T13), 函 (T14) --------------------------------------------------------------------------
def _compose_approval(draft: Draft) -> dict[str, Any]:
    case, lead = _case(draft), the_lead()
    text = wording.approval(_said(case.filing), lead=official_name(lead), duties=lines(draft.fields.get("duties", "")))
    return addressed(text, PROVINCE, [case.filing.tenant], [lead, *(o.tenant for o in _opinions(case))])


def _opinions(case: Case) -> list[Opinion]:
    return list(case.opinions.select_related("tenant"))


def _approval_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.decide(_case(draft), Ruling.LIST, draft.fields.get("duties", ""), paper, actor)


def _confers_creating(draft: Draft) -> str:
    return LegalEffect.CREATING


def _compose_refusal(draft: Draft) -> dict[str, Any]:
    case, office = _case(draft), official_name(draft.tenant)
    text = wording.not_listed(
        office,
        _said(case.filing),
        deferred=draft.fields.get("ruling") == Ruling.DEFER,
        reasons=lines(draft.fields.get("reasons", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [case.filing.tenant], [the_lead()])


def _refusal_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields = draft.fields
    services.decide(_case(draft), Ruling(fields["ruling"]), fields["reasons"], paper, actor)


for kind in (
    PaperKind(
        "consultation", _("征求意见函"), _("签发后即启动联审联评"), "letter", "papers/letter.html",
        _compose_consultation, _consultation_signed, ConsultationForm, _departments_missing, page=check_page,
    ),
    PaperKind(
        "opinion", _("部门复函"), _("签发后即提交本部门意见"), "letter", "papers/letter.html",
        _compose_opinion, _opinion_signed, OpinionForm, _required(OpinionForm), page=_opinion_page,
    ),
    PaperKind(
        "minutes", _("联审联评会议纪要"), _("签发后即形成联审结论"), "minutes", "papers/minutes.html",
        _compose_minutes, _minutes_signed, MinutesForm, _required(MinutesForm), page=_case_page,
    ),
    PaperKind(
        "report", _("报审请示"), _("签发后即报省政府审定"), "request", "papers/base.html",
        _compose_report, _report_signed, ReportForm, _required(ReportForm), page=_case_page,
    ),
    PaperKind(
        "approval", _("批复"), _("签发后园区即列入创建名单并公布"), "reply", "papers/base.html",
        _compose_approval, _approval_signed, ApprovalForm, confers=_confers_creating, published=True,
        page=_case_page,
    ),
    PaperKind(
        "refusal", _("不予列入（暂缓）函"), _("签发后即不予列入或暂缓"), "letter", "papers/letter.html",
        _compose_refusal, _refusal_signed, RefusalForm, _required(RefusalForm), page=_case_page,
    ),
):  # fmt: skip
    register(kind)
