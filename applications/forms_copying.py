"""The form that starts a filing, from an empty plan or from an older one of the same office."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Organisation
from applications.copying import Source
from applications.enums import KindCode
from applications.forms import NewFilingForm
from applications.models import Filing, FilingVersion


class StartForm(NewFilingForm):
    """Name and host zone of a new filing, and what it is copied from, if anything."""

    source = forms.ChoiceField(
        label=gettext_lazy("以已有申报为底本"),
        required=False,
        help_text=gettext_lazy("各节填写的内容会复制过来，再逐节修改；补正意见、公文和不符年份的数据不复制。"),
    )
    with_boundary = forms.BooleanField(label=gettext_lazy("同时复制四至边界和四至文字"), required=False)
    with_materials = forms.BooleanField(label=gettext_lazy("同时复制申报材料的文件"), required=False)

    def __init__(self, *args: Any, owner: Organisation, ask_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, division=owner.division, ask_reason=ask_reason, **kwargs)
        filings = list(Filing.objects.filter(tenant=owner, kind=KindCode.CREATION).order_by("-created_at"))
        versions = FilingVersion.objects.filter(filing__in=filings).defer("content", "findings").order_by("-serial")
        self.filings = {str(one.pk): one for one in filings}
        self.versions = {str(one.pk): one for one in versions}
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [("", _("不复制，从空白开始")), *(self._group(one) for one in filings)]
        if not filings:
            for name in ("source", "with_boundary", "with_materials"):
                del self.fields[name]

    def _group(self, filing: Filing) -> tuple[str, list[tuple[str, str]]]:
        label = f"{filing.park_name} · {filing.get_status_display()}"
        # A closed select shows the option alone, without the group above it.
        rows = [(f"filing:{filing.pk}", _("%(park)s · 现在的填写内容") % {"park": label})]
        for one in self.versions.values():
            if one.filing_id == filing.pk:
                day = date_format(timezone.localdate(one.frozen_at))
                words = {"park": filing.park_name, "n": one.serial, "day": day}
                rows.append((f"version:{one.pk}", _("%(park)s · 第 %(n)d 版（%(day)s封存）") % words))
        return label, rows

    @property
    def chosen(self) -> Source | None:
        """What is copied from; None where the plan starts empty."""
        kind, _colon, key = self.cleaned_data.get("source", "").partition(":")
        if kind == "filing":
            return Source(self.filings[key])
        if kind == "version":
            return Source(self.filings[str(self.versions[key].filing_id)], self.versions[key])
        return None
