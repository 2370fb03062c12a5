"""How a person wants to hear by mail."""

from __future__ import annotations

from typing import Any

from django import forms

from notifications.enums import MailMode, Programme, Topic


class MailChoiceForm(forms.Form):
    """One choice per programme and topic (邮件通知); legal notices have no `off`."""

    def __init__(self, *args: Any, modes: dict[tuple[str, str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for programme in Programme:
            for topic in Topic:
                choices = [choice for choice in MailMode.choices if topic != Topic.LEGAL or choice[0] != MailMode.OFF]
                self.fields[f"{programme}-{topic}"] = forms.ChoiceField(
                    label=topic.label,
                    choices=choices,
                    initial=modes[programme, topic],
                    widget=forms.Select(attrs={"class": "govuk-input--width-10"}),
                )

    def chosen(self) -> dict[tuple[str, str], str]:
        """The choices as {(programme, topic): mode}."""
        return {
            (programme, topic): self.cleaned_data[f"{programme}-{topic}"] for programme in Programme for topic in Topic
        }

    def by_programme(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their programme's name."""
        return [(str(p.label), [self[f"{p}-{topic}"] for topic in Topic]) for p in Programme]
