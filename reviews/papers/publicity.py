"""公示 (T10) and 异议处理意见 (T11)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording_publicity as wording
from reviews import rules, services
from reviews.enums_publicity import ObjectionOutcome
from reviews.models import Objection
from reviews.papers.shared import case_of, case_page, said

SIDES = (("east", "东"), ("south", "南"), ("west", "西"), ("north", "北"))
VERDICTS = {
    ObjectionOutcome.UPHELD: "异议成立。我厅将终止本次公示，重新形成联审结论。",
    ObjectionOutcome.PARTLY: "异议部分成立。有关问题已责成申报单位改正，不影响拟列入的结论。",
    ObjectionOutcome.NOT_UPHELD: "异议不成立。",
}
PHONE = RegexValidator(r"^[0-9+\-—（）() 转]{7,30}$", _("请填写电话号码，如 0571-00000000。"))


class PublicityForm(forms.Form):
    """Who receives objections, and who supervises."""

    contact = forms.CharField(
        label=_("受理处室和联系方式"),
        help_text=_("如：省科技厅高新技术发展处，联系人某某，电话 0571-00000000"),
        max_length=120,
    )
    phone = forms.CharField(label=_("监督电话"), max_length=30, validators=[PHONE])


class ReplyForm(forms.Form):
    """What the office found of an objection."""

    outcome = forms.ChoiceField(
        label=_("处理结果"),
        choices=ObjectionOutcome.choices,
        widget=forms.RadioSelect,
        help_text=_("异议成立的，签发后公示即终止，案件回到联审结论，重新形成结论。"),
    )
    grounds = text_field(_("核实情况"), _("每行一段。异议人凭回执可以看到全文；请勿写入异议人的姓名、单位和电话。"))
    contact = contact_field()


# -- 公示 (T10) ------------------------------------------------------------------------------------
def _compose_notice(draft: Draft) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    summary = services.public_summary(case)
    first, last = services.period()
    text = wording.publicity_notice(
        office,
        said(case.filing),
        industries=summary["industries"],
        sides=_sides(summary["four_sides"]),
        first=first,
        last=last,
        contact=draft.fields.get("contact") or BLANK,
        phone=draft.fields.get("phone") or BLANK,
    )
    return addressed(text, office, [], [case.filing.tenant])


def _sides(four_sides: dict[str, str]) -> list[tuple[str, str]]:
    found = []
    for side, word in SIDES:
        text = (four_sides.get(side) or four_sides.get(side[0]) or "").strip()
        if text:
            found.append((word, text.removeprefix(f"{word}至")))
    return found


def _notice_missing(draft: Draft) -> list[str]:
    case = case_of(draft)
    found = [reason for rule in (rules.not_recommended, rules.conclusion_set_aside) for reason in rule(case)]
    return [*found, *required(PublicityForm)(draft)]


def _notice_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.publish(case_of(draft), draft.fields["contact"], draft.fields["phone"], paper, actor)


# -- 异议处理意见 (T11) ------------------------------------------------------------------------------
def _objection(draft: Draft) -> Objection:
    return Objection.objects.select_related("publicity", "objector").get(pk=draft.subject_id)


def _compose_reply(draft: Draft) -> dict[str, Any]:
    objection, office = _objection(draft), official_name(draft.tenant)
    outcome = draft.fields.get("outcome")
    text = wording.objection_reply(
        office,
        str(objection.publicity),
        number=objection.number,
        filed=timezone.localdate(objection.filed_at),
        verdict=VERDICTS[ObjectionOutcome(outcome)] if outcome else BLANK,
        grounds=lines(draft.fields.get("grounds", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, [])


def _reply_missing(draft: Draft) -> list[str]:
    found = required(ReplyForm)(draft)
    person, grounds = _objection(draft).objector, draft.fields.get("grounds", "")
    if any(part in grounds for part in (person.name, person.unit, person.phone)):
        found.append(gettext("文中出现了异议人的姓名、单位或者电话，请删去。"))
    return found


def _reply_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    fields, objection = draft.fields, _objection(draft)
    outcome = ObjectionOutcome(fields["outcome"])
    answer = "\n".join([*lines(fields["grounds"]), VERDICTS[outcome]])
    services.answer_objection(objection, outcome, answer, paper, actor)


def _objection_page(draft: Draft) -> str:
    return reverse("reviews:objection", args=[draft.subject_id])


register(
    PaperKind(
        "publicity_notice", _("公示"), _("签发后即在网站公示"), "letter",
        _compose_notice, _notice_signed, PublicityForm, _notice_missing, published=True, page=case_page,
    )
)  # fmt: skip
register(
    PaperKind(
        "objection_reply", _("异议处理意见"), _("签发后即答复异议人"), "letter",
        _compose_reply, _reply_signed, ReplyForm, _reply_missing, page=_objection_page,
    )
)  # fmt: skip
