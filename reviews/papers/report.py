"""The request upward (请示, T12): countersigned by the departments between the check and the signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.queries import other_departments, the_departments, the_government
from notifications.content import addressed, lines, official_name
from notifications.enums import DraftStatus
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field, required, text_field
from notifications.rendering import wording
from reviews import countersigned, services
from reviews.models import Countersignature
from reviews.papers.shared import case_of, case_page
from reviews.papers.shared import said as in_words
from reviews.rules_countersigning import countersigning_open
from reviews.services.countersigning import wording_digest
from workflow.parameters import value

ALSO = "also"


class ReportForm(forms.Form):
    """What goes up to the provincial government, and who countersigns it besides those whose opinion it rests on."""

    summary = text_field(_("联审联评情况"), _("每行一段。"))
    also = forms.MultipleChoiceField(
        label=_("另请会签的部门"),
        help_text=_("已出具意见的部门都要会签，不必选择；逾期未回复意见的部门可以另请会签。"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    contact = contact_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = [*the_departments(), *other_departments()]
        self.fields[ALSO].choices = [(one.code, one.name) for one in offices]  # type: ignore[attr-defined]


def _wording(draft: Draft, paragraphs: list[str]) -> dict[str, Any]:
    case, office = case_of(draft), official_name(draft.tenant)
    conclusion, notice = case.conclusion, case.publicity
    assert conclusion is not None, "a report is drafted after the conclusion"
    attachments = [f"{'办理意见' if case.is_waived else '联审联评会议纪要'}（{conclusion.paper.number}）"]
    if notice is not None:
        attachments.append(f"公示（{notice.paper.number}）及结果")
    text = wording.report_upward(
        office,
        in_words(case.filing),
        outcome=conclusion.outcome,
        signer=draft.signer.name if draft.signer else "",
        summary=lines(draft.fields.get("summary", "")) or [BLANK],
        contact=draft.fields.get("contact", ""),
        attachments=attachments,
        countersigned=paragraphs,
    )
    return addressed(text, office, [the_government()])


def _compose(draft: Draft) -> dict[str, Any]:
    return _wording(draft, countersigned.paragraphs(case_of(draft), draft.fields.get(ALSO)))


def _passed(draft: Draft, actor: Actor) -> None:
    """会签 follows the check and comes before the signature."""
    services.ask_countersignatures(case_of(draft), draft, _wording(draft, []), actor, draft.fields.get(ALSO))


def _dropped(draft: Draft, actor: Actor) -> None:
    services.drop_countersignatures(case_of(draft), actor)


def _missing(draft: Draft) -> list[str]:
    """The form's own; and while it waits for its signature, the countersignatures on these very words."""
    found = required(ReportForm)(draft)
    if draft.status != DraftStatus.SIGNING or not value("countersigning"):
        return found
    case = case_of(draft)
    found += countersigning_open(case)
    now = wording_digest(_wording(draft, []))
    if Countersignature.objects.filter(case=case).exclude(digest=now, draft=draft).exists():
        found.append(gettext("会签之后文稿内容有变动；请退回修改，审核通过后重新会签。"))
    return found


def _panel(draft: Draft, actor: Actor) -> dict[str, Any]:
    shown = countersigned.panel(case_of(draft), actor, draft.fields.get(ALSO))
    # To the signer the page itself says beside the button what is missing.
    missing = [] if actor.is_signer else shown.get("missing", [])
    return {**shown, "template": "reviews/_countersigning.html", "missing": missing}


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    services.report(case_of(draft), paper, actor)


register(
    PaperKind(
        "report", _("报审请示"), _("签发后即报省政府审定"), "request",
        _compose, _signed, ReportForm, _missing, page=case_page, passed=_passed, dropped=_dropped, panel=_panel,
        version="2",
    )
)  # fmt: skip
