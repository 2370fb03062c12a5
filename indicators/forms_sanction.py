"""The forms of a sanction case: answers, hearing, opinion, files, what a card and a revocation bring."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from indicators.enums_sanction import AnswerOutcome, OpinionStance
from indicators.models import SanctionArgument, SanctionCase
from indicators.purposes_sanction import STATEMENT_FILE

AREA = {"rows": 4}


class CaseForm(forms.Form):
    """A form about a case, by an actor."""

    def __init__(self, *args: Any, case: SanctionCase, actor: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        self.case, self.actor = case, actor


class EmptyForm(CaseForm):
    """A button and nothing else."""


class ReasonForm(CaseForm):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs=AREA))


class NoteForm(CaseForm):
    """What was done."""

    note = forms.CharField(label=_("情况"), max_length=4000, widget=forms.Textarea(attrs=AREA))


class RemarkForm(CaseForm):
    """What is held against a record; empty where it is right."""

    remark = forms.CharField(
        label=_("对笔录的意见（可不填）"), max_length=2000, widget=forms.Textarea(attrs=AREA), required=False
    )


class OpinionForm(CaseForm):
    """What a department of the working group says."""

    stance = forms.ChoiceField(label=_("意见"), choices=OpinionStance.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("理由"), max_length=2000, widget=forms.Textarea(attrs=AREA), required=False)


class FilesForm(CaseForm):
    """Files beside the statement."""

    attachments = UploadField(label=_("附件"), purpose=STATEMENT_FILE)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        field = self.fields["attachments"]
        assert isinstance(field, UploadField)
        field.bind_to(self.actor, self.case.dossier)


class AnswersForm(CaseForm):
    """Two fields for each reason of the city: whether it is accepted, and what is answered."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.arguments = list(
            SanctionArgument.objects.filter(case=self.case).select_related("answer").order_by("place")
        )
        for argument in self.arguments:
            given = getattr(argument, "answer", None)
            words = {"n": argument.place, "text": argument.text}
            self.fields[f"outcome-{argument.place}"] = forms.ChoiceField(
                label=gettext("第 %(n)d 条：%(text)s") % words,
                choices=AnswerOutcome.choices,
                widget=forms.RadioSelect,
                initial=given.outcome if given else None,
                required=False,
            )
            self.fields[f"text-{argument.place}"] = forms.CharField(
                label=gettext("对第 %(n)d 条的答复") % words,
                max_length=4000,
                widget=forms.Textarea(attrs={"rows": 3}),
                initial=given.text if given else "",
                required=False,
            )

    def given(self) -> list[tuple[SanctionArgument, str, str]]:
        """The answers that were written; a reason with neither choice nor words waits."""
        rows = []
        for argument in self.arguments:
            outcome = self.cleaned_data.get(f"outcome-{argument.place}", "")
            text = self.cleaned_data.get(f"text-{argument.place}", "")
            if outcome or text.strip():
                rows.append((argument, outcome, text))
        return rows
