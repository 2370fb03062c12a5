"""征求意见函 (T6): opens the joint review."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_departments
from applications.kinds import kind_of, reviewing
from applications.models import Filing
from applications.papers import check_page
from applications.queries import latest_version
from applications.services import filing_of
from notifications.content import addressed, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, contact_field
from notifications.rendering import wording
from reviews import services
from reviews.papers.shared import said
from workflow.deadlines import due
from workflow.parameters import value


class ConsultationForm(forms.Form):
    """Whom 省科技厅 asks."""

    departments = forms.MultipleChoiceField(
        label=_("征求意见的部门"),
        widget=forms.CheckboxSelectMultiple,
    )
    contact = contact_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"].choices = [  # type: ignore[attr-defined]
            (department.code, department.name) for department in the_departments()
        ]


def _in_words(draft: Draft, form: forms.Form) -> None:
    """Whom the kind of the filing has asked."""
    form.fields["departments"].help_text = reviewing.said(filing_of(draft.subject_id).kind, "consultation.asked")


def _named(filing: Model | UUID) -> tuple[str, str]:
    found = filing if isinstance(filing, Filing) else filing_of(cast("UUID", filing))
    return gettext("征求意见函"), reviewing.said(found.kind, "consultation.act")


# -- 征求意见函 (T6) -----------------------------------------------------------------------------
def _departments(draft: Draft) -> list[Organisation]:
    return list(the_departments().filter(code__in=draft.fields.get("departments", [])))


def _departments_missing(draft: Draft) -> list[str]:
    if kind_of(filing_of(draft.subject_id)).direct:
        return [] if _departments(draft) else [gettext("请至少选择一个省级部门（C-III.2d）。")]
    absent = the_departments().exclude(code__in=draft.fields.get("departments", []))
    names = "、".join(department.short_name for department in absent)
    return [gettext("联审联评须有全部九个部门参加，还缺：%(names)s。") % {"names": names}] if names else []


def _compose_consultation(draft: Draft) -> dict[str, Any]:
    filing, office, departments = filing_of(draft.subject_id), official_name(draft.tenant), _departments(draft)
    text = wording.consultation(
        office,
        said(filing),
        departments=[official_name(department) for department in departments] or [BLANK],
        due=due(value("opinion_days")).date,
        contact=draft.fields.get("contact", ""),
    )
    return addressed(text, office, departments)


def _consultation_signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    filing = filing_of(draft.subject_id)
    version = latest_version(filing)
    assert version is not None, "an accepted filing was submitted"
    services.open_review(filing, version, _departments(draft), paper, actor)


register(
    PaperKind(
        "consultation", _("征求意见函"), _("签发后即开始征求意见"), "letter",
        _compose_consultation, _consultation_signed, ConsultationForm, _departments_missing, page=check_page,
        adapt=_in_words, named=_named,
    )
)  # fmt: skip
