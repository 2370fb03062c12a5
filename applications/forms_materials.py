"""The form that gives files for one piece of the materials."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications.attaching import PURPOSES
from applications.materials import PIECES
from applications.models import Filing
from applications.plan import Field, Kind, values
from files.forms import UploadField
from files.models import Incoming


class MaterialForm(forms.Form):
    """Files for one piece of the materials, with what must be written down of the document."""

    document_number = forms.CharField(label=_("文号"), max_length=60)
    issued_by = forms.CharField(label=_("出具（批准）单位"), max_length=80)
    issued_on = forms.CharField(
        label=_("日期"),
        max_length=20,
        help_text=_("例如 2013-01-31"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        code: str,
        filing: Filing,
        actor: Actor,
        waiting: list[Incoming],
    ) -> None:
        super().__init__(data, files, prefix=code)
        attached = UploadField(purpose=PURPOSES[code], label=_("选择文件（可多选）"))
        attached.bind_to(actor, filing.dossier, waiting)
        details = PIECES[code].details
        self.fields = {"attached": attached} | {name: field for name, field in self.fields.items() if name in details}

    def clean_issued_on(self) -> Any:
        """The day in any usual spelling."""
        day = values.parse(Field("issued_on", "", Kind.DATE), self.cleaned_data["issued_on"])
        return dt.date.fromisoformat(day)
