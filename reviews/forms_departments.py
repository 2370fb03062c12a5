"""Forms of the departments' side: opinion rows, notes, questions, invitations, requirements, recusals."""

from __future__ import annotations

import itertools
from collections.abc import Container, Iterator
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Organisation, Person
from files.forms import UploadField
from notifications.forms import SignForm
from reviews import enclosures
from reviews.enums import ExpertStance
from reviews.experts import BEST, ITEMS
from reviews.models import Question, Requirement
from reviews.opinion_fields import CELL, KEY, MOST_ROWS, Row
from workflow.ledger import digest
from workflow.parameters import value

Choices = list[tuple[str, str]]


def area(rows: int = 3) -> forms.Textarea:
    """A text area of so many rows."""
    return forms.Textarea(attrs={"rows": rows})


def unless_given(parameter: str) -> str:
    """How long the period is where no day is chosen: read when it is shown, as 省科技厅 may change it."""
    return lazy(lambda: gettext("不填为 %(days)d 个工作日") % {"days": value(parameter)}, str)()


def day() -> forms.DateInput:
    """The browser's own date field."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "govuk-input--width-10"})


class TargetForm(forms.Form):
    """A form with a section or material of the plan to choose."""

    targets_of = "target"

    def __init__(self, *args: Any, targets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[self.targets_of].choices = [("", gettext("整个申报")), *targets]  # type: ignore[attr-defined]


class ConditionForm(TargetForm):
    """One condition (条件) of an opinion; left empty or marked for removal it is none."""

    targets_of = "section"
    text = forms.CharField(label=_("条件"), widget=area(2), max_length=1000, required=False)
    section = forms.ChoiceField(label=_("涉及栏目"), required=False)
    due_on = forms.DateField(label=_("落实期限"), widget=day(), required=False)
    answerer = forms.CharField(
        label=_("由谁落实"), help_text=_("如：园区管委会、市县科技局；不填为申报单位"), max_length=80, required=False
    )
    mandatory = forms.BooleanField(label=_("必须落实（未答复不得报审）"), required=False, initial=True)
    remove = forms.BooleanField(label=_("删去这一条"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        rest = any(data.get(name) for name in ("section", "due_on", "answerer"))
        if rest and not data.get("text") and not data.get("remove"):
            self.add_error("text", gettext("请写明条件；不需要这一条的，请勾选“删去这一条”。"))
        return data


class RemarkRowForm(TargetForm):
    """A remark on one section (栏目意见)."""

    targets_of = "section"
    section = forms.ChoiceField(label=_("栏目"), required=False)
    text = forms.CharField(label=_("意见"), widget=area(2), max_length=1000, required=False)
    remove = forms.BooleanField(label=_("删去这一条"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        targets = self.fields["section"].choices[1:]  # type: ignore[attr-defined]
        self.fields["section"].choices = [("", gettext("请选择")), *targets]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("text") and not data.get("section") and not data.get("remove") and "section" not in self.errors:
            self.add_error("section", gettext("请选择意见针对的栏目。"))
        return data


class Rows:
    """Rows that can be added and removed without JavaScript: one more stands empty, a marked one goes.

    Each row has a key that stays its own whatever is added or removed in another window.
    """

    def __init__(
        self, name: str, form: type[TargetForm], stored: list[Row], data: Any, targets: Choices, whose: str
    ) -> None:
        """`whose`: the person and the opinion; the empty row keeps its key for them until something stands in it."""
        known = {row[KEY]: row for row in stored}
        if data is not None:
            keys = list(dict.fromkeys(found[2] for found in map(CELL.fullmatch, data) if found and found[1] == name))
            self.forms = [form(data, prefix=f"{name}-{key}", targets=targets) for key in keys[:MOST_ROWS]]
        else:
            keys = [*known, _free_key(known, f"{whose}:{name}")]
            self.forms = [form(prefix=f"{name}-{key}", initial=known.get(key), targets=targets) for key in keys]

    def __iter__(self) -> Iterator[TargetForm]:
        return iter(self.forms)

    def problems(self, what: str) -> list[dict[str, str]]:
        """Every error with the row it stands in and a link to its field."""
        return [
            {
                "text": gettext("%(what)s第 %(n)d 条，%(field)s：%(error)s")
                % {"what": what, "n": number, "field": form.fields[name].label, "error": error},
                "href": f"#{form[name].auto_id}",
            }
            for number, form in enumerate(self.forms, start=1)
            for name, errors in _errors(form).items()
            for error in errors
        ]


def _free_key(known: Container[str], seed: str) -> str:
    """A key for one more row, the same each time: what a browser kept of that row finds its place again."""
    keys = (digest([seed, number])[:8] for number in itertools.count())
    return next(key for key in keys if key not in known)


def _errors(form: forms.BaseForm) -> ErrorDict:
    return form.errors


class NoteForm(TargetForm):
    """A note of the inner discussion (内部讨论)."""

    targets_of = "section"
    section = forms.ChoiceField(label=_("针对"), required=False)
    text = forms.CharField(label=_("内容"), widget=area(3), max_length=2000)
    mentions = forms.MultipleChoiceField(
        label=_("提醒"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("被提醒的单位会收到一条消息。"),
    )

    def __init__(self, *args: Any, offices: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mentions"].choices = [(str(one.pk), one.short_name) for one in offices]  # type: ignore[attr-defined]


class QuestionForm(TargetForm):
    """A question to the city (询问), which it sees."""

    target = forms.ChoiceField(label=_("涉及栏目或材料"), required=False)
    text = forms.CharField(
        label=_("询问申报单位"),
        help_text=_("申报单位会看到这个问题，并在期限内答复。"),
        widget=area(3),
        max_length=1000,
    )
    due_on = forms.DateField(label=_("答复期限"), help_text=unless_given("answer_days"), widget=day(), required=False)


class ProposalForm(QuestionForm):
    """A question proposed to 省科技厅 (建议询问)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("建议询问的问题")
        self.fields["text"].help_text = _("由省科技厅统一向申报单位提出，不写明由哪个单位建议。")
        self.fields["due_on"].label, self.fields["due_on"].help_text = _("希望答复日期"), ""


class AnswerForm(forms.Form):
    """The city's answer to a question or requirement, with files where it has them."""

    answer = forms.CharField(label=_("答复"), widget=area(5), max_length=3000)

    use_required_attribute = False

    def __init__(self, *args: Any, actor: Actor, to: Question | Requirement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        purpose = enclosures.QUESTION if isinstance(to, Question) else enclosures.REQUIREMENT
        files = UploadField(purpose=purpose, label=_("附件（可多选，可不传）"), required=False)
        files.bind_to(actor, to.dossier, about=to.pk)
        self.fields["files"] = files


class ReasonForm(forms.Form):
    """Why (原因)."""

    reason = forms.CharField(label=_("原因"), widget=area(3), max_length=1000)


class OptionalReasonForm(forms.Form):
    """Why, where there is something to say."""

    reason = forms.CharField(label=_("说明"), widget=area(3), max_length=1000, required=False)


class InviteForm(forms.Form):
    """A further department or an expert, why, and until when."""

    organisation = forms.ChoiceField(label=_("邀请"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("邀请事由"), help_text=_("受邀单位会看到。"), widget=area(3), max_length=1000)
    due_on = forms.DateField(label=_("答复期限"), widget=day(), required=False)

    def __init__(self, *args: Any, offices: list[Organisation], parameter: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].help_text = unless_given(parameter)
        self.fields["organisation"].choices = [(one.code, one.name) for one in offices]  # type: ignore[attr-defined]


class ReopenForm(forms.Form):
    """Which sections changed, and why the department is asked once more."""

    sections = forms.MultipleChoiceField(label=_("有变化的栏目"), widget=forms.CheckboxSelectMultiple)
    reason = forms.CharField(label=_("重新征求意见的原因"), widget=area(3), max_length=1000)
    due_on = forms.DateField(label=_("答复期限"), help_text=unless_given("opinion_days"), widget=day(), required=False)

    def __init__(self, *args: Any, targets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = targets  # type: ignore[attr-defined]


class PassOnForm(forms.Form):
    """A condition in the words in which the city reads it."""

    text = forms.CharField(
        label=_("需申报单位落实的事项"), help_text=_("申报单位会看到这一段，看不到部门意见原文。"), widget=area(4),
        max_length=1000,
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("落实期限"), help_text=unless_given("requirement_days"), widget=day(), required=False
    )
    named = forms.BooleanField(label=_("写明提出条件的部门"), required=False)


class JudgeForm(forms.Form):
    """Whether a condition is met, and what is missing where it is not."""

    settled = forms.ChoiceField(
        label=_("条件是否落实"),
        choices=[("yes", _("已落实")), ("no", _("未落实，退回继续落实"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("说明"), help_text=_("未落实的必填；申报单位会看到，但不写明是哪个部门。"), widget=area(3),
        max_length=1000, required=False,
    )  # fmt: skip


class RecusalForm(forms.Form):
    """Who recuses themself, and why."""

    person = forms.ChoiceField(label=_("回避的人员"))
    reason = forms.CharField(label=_("回避的原因"), widget=area(3), max_length=1000)

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [(str(one.pk), one.name) for one in people]  # type: ignore[attr-defined]


class RecusalDecisionForm(forms.Form):
    """What the head makes of a declared recusal."""

    decision = forms.ChoiceField(
        label=_("处理"),
        choices=[("confirm", _("确认回避")), ("dismiss", _("不需回避"))],
        widget=forms.RadioSelect,
    )
    replacement = forms.ChoiceField(label=_("接替人"), required=False)
    note = forms.CharField(
        label=_("说明"), help_text=_("不需回避的必填。"), widget=area(2), max_length=500, required=False
    )

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", gettext("暂不指定")), *((str(one.pk), one.name) for one in people)]
        self.fields["replacement"].choices = choices  # type: ignore[attr-defined]


class ExpertForm(forms.Form):
    """Scores and words on the qualitative items, a conclusion and its reasons."""

    stance = forms.ChoiceField(
        label=_("论证结论"), choices=ExpertStance.choices, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label=_("论证意见"), help_text=_("每行一段。"), widget=area(8), max_length=6000, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in ITEMS:
            self.fields[f"score-{item.code}"] = forms.IntegerField(
                label=gettext("%(item)s评分（0–%(best)d）") % {"item": item.label, "best": BEST},
                help_text=str(item.help),
                min_value=0,
                max_value=BEST,
                required=False,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
            )
            self.fields[f"comment-{item.code}"] = forms.CharField(
                label=_("说明"), widget=area(2), max_length=500, required=False
            )

    @property
    def items(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Each item with its two fields, for the page."""
        return [(item, self[f"score-{item.code}"], self[f"comment-{item.code}"]) for item in ITEMS]

    def scores(self) -> list[dict[str, Any]]:
        """The items that were scored."""
        data = self.cleaned_data
        return [
            {"code": item.code, "score": data[f"score-{item.code}"], "comment": data[f"comment-{item.code}"]}
            for item in ITEMS
            if data.get(f"score-{item.code}") is not None
        ]


class ExpertSignForm(SignForm):
    """The password that the expert gives to sign."""
