"""What the papers of the joint review share: fields of their forms, the case behind a draft."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.models import Filing
from applications.queries import in_words, latest_version
from notifications.models import Draft
from notifications.rendering import wording
from reviews.enums import Outcome
from reviews.models import Case

BLANK = "（待填写）"

PROVINCE = "浙江省人民政府"

CONCLUDED = {
    Outcome.RECOMMEND: "列入创建省级高新技术产业园区名单",
    Outcome.DEFER: "暂缓列入创建省级高新技术产业园区名单",
    Outcome.DECLINE: "不列入创建省级高新技术产业园区名单",
}


def text_field(label: Any, help_text: Any, rows: int = 6, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=4000,
        required=required,
    )


def contact_field() -> forms.CharField:
    return forms.CharField(label=_("附注"), help_text=_("联系人及办公电话"), max_length=60, required=False)


def required(form: type[forms.Form]) -> Callable[[Draft], list[str]]:
    """A rule: these fields of the draft are filled in and the form accepts them."""

    def missing(draft: Draft) -> list[str]:
        bound = form(draft.fields)
        if bound.is_valid():
            return []
        return [
            gettext("“%(field)s”：%(error)s") % {"field": bound.fields[name].label, "error": error}
            for name, errors in bound.errors.items()
            for error in errors
            if name in bound.fields
        ]

    return missing


def case_of(draft: Draft) -> Case:
    return Case.objects.select_related("filing__tenant", "filing__host_zone", "filing__request_paper", "version").get(
        pk=draft.subject_id
    )


def case_page(draft: Draft) -> str:
    return reverse("reviews:case", args=[draft.subject_id])


def said(filing: Filing) -> wording.Filing:
    version = latest_version(filing)
    assert version is not None, "a filing under review was submitted"
    return in_words(filing, version)
