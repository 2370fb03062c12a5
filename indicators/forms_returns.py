"""Forms of the yearly returns."""

from __future__ import annotations

from typing import Any
from uuid import uuid5

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from indicators.models import Return
from indicators.services.evidence import EVIDENCE


class EvidenceForm(forms.Form):
    """The file that proves a figure (证明材料)."""

    use_required_attribute = False

    def __init__(self, *args: Any, actor: Actor, report: Return, code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = UploadField(purpose=EVIDENCE, many=False, label=_("证明材料"))
        field.bind_to(actor, report.dossier, about=uuid5(report.pk, code))
        self.fields["file"] = field
