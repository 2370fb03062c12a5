"""What the papers of a filing share: the filing and version behind a draft, their forms."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from accounts.queries import the_government
from applications import services
from applications.kinds import kind_of
from applications.models import Filing, FilingVersion
from applications.queries import latest_version
from notifications.models import Draft
from workflow.machine import Refused


class NoticeForm(forms.Form):
    """What the notice adds to its fixed wording."""

    contact = forms.CharField(label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False)


def check_page(draft: Draft) -> str:
    """The formal check of the filing that a notice is about."""
    return reverse("applications:check", args=[draft.subject_id])


def informed(filing: Filing) -> list[Organisation]:
    """Who gets a copy of a notice: the provincial government, or a county's city where it is not in between."""
    return services.city_above(filing) if kind_of(filing).direct else [the_government()]


def filing_in(draft: Draft) -> Filing:
    return services.filing_of(draft.subject_id)


def version_in(draft: Draft) -> FilingVersion:
    """The frozen version that a draft rests on."""
    filing = filing_in(draft)
    if pk := draft.fields.get("version"):
        return filing.versions.get(pk=pk)
    version = latest_version(filing)
    if version is None:
        raise Refused([gettext("申报尚未冻结版本。")])
    return version
