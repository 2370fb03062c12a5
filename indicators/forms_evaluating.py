"""The forms of an evaluation: a round, a contract, an evaluator's seat, what ties somebody to a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import DivisionLevel, OrganisationKind
from accounts.models import Division, Organisation, Post
from files.forms import UploadField
from indicators.enums_evaluating import EngagementKind
from indicators.evaluating import Candidate
from indicators.models import EvaluationContract, EvaluationRound
from indicators.services.evaluation_rounds import CONTRACT_FILE

DATE = {"type": "date"}


def date_input() -> forms.DateInput:
    """A date as browsers offer it."""
    return forms.DateInput(format="%Y-%m-%d", attrs=DATE)


class RoundForm(forms.Form):
    """By which day, and which places."""

    due_on = forms.DateField(label=_("完成期限"), widget=date_input())
    places = forms.MultipleChoiceField(label=_("测评对象"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, known: Sequence[Candidate], due: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["places"].choices = [  # type: ignore[attr-defined]
            (one.place.pk, f"{one.place.name}（{one.government.short_name}）") for one in known
        ]
        self.fields["places"].initial = list(due)


class ContractForm(forms.Form):
    """Whom, for which places, by which contract."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("第三方机构"), empty_label=_("请选择"))
    number = forms.CharField(label=_("合同编号"), max_length=60)
    signed_on = forms.DateField(label=_("签订日期"), widget=date_input())
    places = forms.MultipleChoiceField(label=_("委托测评的市、县（市、区）"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, row: EvaluationRound, actor: Actor, found: EvaluationContract | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offices = Organisation.objects.filter(kind=OrganisationKind.THIRD_PARTY, active=True).order_by("order", "code")
        self.fields["organisation"].queryset = offices  # type: ignore[attr-defined]
        self.fields["places"].choices = [  # type: ignore[attr-defined]
            (one.place_id, one.name) for one in row.places.all()
        ]
        if found is not None:
            self.fields["organisation"].disabled = True
            told = {"organisation": found.organisation_id, "number": found.number, "signed_on": found.signed_on}
            self.initial.update({**told, "places": found.places})
            field = UploadField(purpose=CONTRACT_FILE, many=False, label=_("合同文件"), required=False)
            field.bind_to(actor, found.dossier)
            self.fields["file"] = field
        else:
            # Its dossier begins with the contract itself.
            self.fields["file"] = forms.FileField(label=_("合同文件（可稍后补传）"), required=False)

    @property
    def sent(self) -> Any:
        """The file, of a valid form."""
        found = self.cleaned_data.get("file")
        return found[0] if isinstance(found, list) and found else found or None


class SeatForm(forms.Form):
    """Who evaluates a place; where somebody is replaced, why."""

    post = forms.ChoiceField(label=_("评价人"))
    reason = forms.CharField(label=_("更换的原因"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Sequence[Post], replacing: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(post.pk): post for post in people}
        told = [(key, f"{post.person.name}（{post.organisation.short_name}）") for key, post in self.people.items()]
        self.fields["post"].choices = [("", _("请选择")), *told]  # type: ignore[attr-defined]
        if not replacing:
            del self.fields["reason"]

    @property
    def chosen(self) -> Post:
        """Whom, of a valid form."""
        return self.people[self.cleaned_data["post"]]


class PairForm(forms.Form):
    """The two evaluators of every place of a contract that lacks them."""

    first = forms.ChoiceField(label=_("第一评价人"))
    second = forms.ChoiceField(label=_("第二评价人"))

    def __init__(self, *args: Any, people: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(post.pk): post for post in people}
        told = [("", _("请选择")), *((key, post.person.name) for key, post in self.people.items())]
        for name in ("first", "second"):
            self.fields[name].choices = told  # type: ignore[attr-defined]

    @property
    def pair(self) -> list[Post]:
        """Who, of a valid form."""
        return [self.people[self.cleaned_data[name]] for name in ("first", "second")]


class EngagementForm(forms.Form):
    """A contract or employment with a place."""

    whose = forms.ChoiceField(label=_("谁的利益关系"), widget=forms.RadioSelect)
    place = forms.ModelChoiceField(Division.objects.none(), label=_("市、县（市、区）"), empty_label=_("请选择"))
    kind = forms.ChoiceField(label=_("类别"), choices=EngagementKind.choices, widget=forms.RadioSelect)
    what = forms.CharField(label=_("内容"), help_text=_("如：承担科技规划编制，合同金额 20 万元"), max_length=200)
    since = forms.DateField(label=_("自"), widget=date_input())
    until = forms.DateField(label=_("至"), help_text=_("仍在继续的不填"), widget=date_input(), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Division.objects.filter(level__in=(DivisionLevel.PREFECTURE, DivisionLevel.COUNTY)).order_by("code")
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        choices = [("person", _("本人"))]
        if actor.is_handler:
            choices.append(("office", _("本机构")))
        self.fields["whose"].choices = choices  # type: ignore[attr-defined]
        self.fields["whose"].initial = "person"

    def clean(self) -> dict[str, Any]:
        """It ends after it began."""
        data = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if isinstance(since, dt.date) and isinstance(until, dt.date) and until < since:
            self.add_error("until", forms.ValidationError(_("终止日期不能早于起始日期。")))
        return data
