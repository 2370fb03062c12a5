"""Filters of the list of returns; all of them stand in the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from indicators.enums import ReturnStatus, SubjectKind

ALL = [("", _("全部"))]


class ReturnFilter(forms.Form):
    """Year, kind, status, city, and whether something waits for me; `known` are (year, city's pk, city's name)."""

    year = forms.ChoiceField(label=_("年度"), required=False)
    kind = forms.ChoiceField(label=_("对象类别"), required=False, choices=[*ALL, *SubjectKind.choices])
    status = forms.ChoiceField(label=_("状态"), required=False, choices=[*ALL, *ReturnStatus.choices])
    city = forms.ChoiceField(label=_("市、县（市、区）"), required=False)
    mine = forms.BooleanField(label=_("只看待我办理"), required=False)

    def __init__(self, *args: Any, known: Iterable[tuple[int, Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = list(known)
        years = sorted({row[0] for row in rows}, reverse=True)
        cities = dict.fromkeys((str(row[1]), row[2]) for row in rows)
        self.fields["year"].choices = [*ALL, *((str(year), str(year)) for year in years)]  # type: ignore[attr-defined]
        self.fields["city"].choices = [*ALL, *cities]  # type: ignore[attr-defined]
