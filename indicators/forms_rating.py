"""The forms of a round of scoring: who scores whom, and one line of scores."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.enums import OrganisationKind
from accounts.models import Post
from indicators.models import GivenScore
from indicators.models.rating import HIGHEST, LOWEST
from indicators.services.rating import Said
from indicators.subjects import Subject
from policy.index import Part


def post_label(post: Post) -> str:
    """Office, person and post, as one chooses whom to ask."""
    office = post.organisation
    what = office.get_kind_display() if office.kind == OrganisationKind.EXPERT else post.get_role_display()
    return f"{office.short_name} {post.person.name}（{what}）"


class RoundForm(forms.Form):
    """By which day, whom, and for each indicator which people."""

    due_on = forms.DateField(label=_("评分期限"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    subjects = forms.MultipleChoiceField(label=_("评分对象"), widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, parts: Sequence[Part], subjects: Sequence[Subject], posts: Sequence[Post], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.found, self.posts = parts, subjects, {str(post.pk): post for post in posts}
        self.fields["subjects"].choices = [(one.code, one.name) for one in subjects]  # type: ignore[attr-defined]
        self.fields["subjects"].initial = [one.code for one in subjects]
        people = [(key, post_label(post)) for key, post in self.posts.items()]
        for part in parts:
            self.fields[self._name(part)] = forms.MultipleChoiceField(
                label=gettext("“%(label)s”的评分人") % {"label": part.label},
                help_text=part.formula,
                widget=forms.CheckboxSelectMultiple,
                choices=people,
            )

    def _name(self, part: Part) -> str:
        return f"people-{part.code}"

    @property
    def chosen(self) -> list[Subject]:
        """Whom they score, of a valid form."""
        return [one for one in self.found if one.code in self.cleaned_data["subjects"]]

    @property
    def asked(self) -> dict[str, list[Post]]:
        """Who scores, by indicator, of a valid form."""
        return {part.code: [self.posts[key] for key in self.cleaned_data[self._name(part)]] for part in self.parts}


class ScoreForm(forms.Form):
    """The score of one subject and why; a line of which nothing is said is left for later."""

    use_required_attribute = False
    score = forms.DecimalField(
        label=_("得分（0 至 100）"),
        min_value=LOWEST,
        max_value=HIGHEST,
        max_digits=5,
        decimal_places=2,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"),
            _("得分应为 0 至 100 的数，最多两位小数。"),
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "decimal"}),
    )
    reason = forms.CharField(label=_("理由"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, subject: str, name: str, number: int, given: GivenScore | None) -> None:
        initial = {"score": shown(given.score), "reason": given.reason} if given else None
        super().__init__(data, prefix=f"s{number}", initial=initial)
        self.subject, self.name, self.given = subject, name, given
        # One table with the words once on top: each field tells who cannot see it which line it stands in.
        for field in self.fields.values():
            field.widget.attrs["aria-label"] = f"{name}：{field.label}"

    @property
    def is_touched(self) -> bool:
        """Whether anything is said, or was before."""
        typed = any(str(self.data.get(self.add_prefix(name), "")).strip() for name in ("score", "reason"))
        return typed or self.given is not None

    def clean(self) -> dict[str, Any]:
        """A score comes with its reason, and the other way round."""
        data = super().clean() or {}
        if self.is_touched:
            if data.get("score") is None and "score" not in self.errors:
                self.add_error("score", gettext("请填写 0 至 100 的得分。"))
            if not data.get("reason") and "reason" not in self.errors:
                self.add_error("reason", gettext("请写明理由。"))
        return data

    def said(self) -> Said:
        """What was said, of a valid form."""
        return Said(self.cleaned_data["score"], self.cleaned_data["reason"])


def shown(score: Decimal) -> str:
    """A score without the zeros behind."""
    return format(score.normalize(), "f")
