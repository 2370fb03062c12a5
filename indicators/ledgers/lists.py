"""The rows of a book as they are asked for: by park, year, kind, decision, words, or by the figure they count for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db.models import Q
from django.db.models.query import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators.enums import Book, Decision
from indicators.ledgers import access, counting
from indicators.ledgers.columns import EARLIEST, LATEST
from indicators.models import Enterprise, Project
from indicators.queries import named

KINDS = {
    "hitech": (_("高新技术企业"), Q(hitech_from__isnull=False)),
    "sei": (_("战略性新兴产业企业"), Q(sei_year__isnull=False)),
    "hts": (_("高技术服务业企业"), Q(hts_year__isnull=False)),
    "sme": (_("科技型中小企业"), Q(sme_year__isnull=False)),
    "innovative": (_("创新型企业"), Q(innovative_year__isnull=False)),
    "hq": (_("总部企业"), Q(hq_year__isnull=False)),
    "listed": (_("上市公司"), Q(listed_year__isnull=False)),
    "rd": (_("企业研发机构"), Q(rd_year__isnull=False)),
}
FLAWS = {
    "alerted": (_("须核查的准入项目"), Q(alerted_at__isnull=False)),
    "flagged": (_("低技术、高污染、高能耗"), counting.FLAGGED),
    "unassessed": (_("没有科技水平评价"), Q(assessed_on__isnull=True)),
}
ALL = [("", _("全部"))]


class FilterForm(forms.Form):
    """What narrows a list down; the controls differ between the books."""

    q = forms.CharField(
        label=_("名称或代码"),
        required=False,
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    park = forms.ChoiceField(label=_("园区"), required=False)
    decision = forms.ChoiceField(label=_("是否准入"), required=False, choices=[*ALL, *Decision.choices])
    flaw = forms.ChoiceField(
        label=_("标记"), required=False, choices=[*ALL, *((key, label) for key, (label, _q) in FLAWS.items())]
    )
    kind = forms.ChoiceField(
        label=_("企业类别"), required=False, choices=[*ALL, *((key, label) for key, (label, _q) in KINDS.items())]
    )
    figure = forms.ChoiceField(label=_("计入的指标"), required=False)
    year = forms.IntegerField(
        label=_("年度"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )

    def __init__(self, book: Book, actor: Actor, data: Any) -> None:
        super().__init__(data)
        self.book = book
        for name in ("kind",) if book == Book.PROJECTS else ("decision", "flaw"):
            del self.fields[name]
        parks = access.seen_by(actor).values_list("park", "name")
        self._choices("park", [*ALL, *parks])
        measures = (measure for measure in counting.MEASURES.values() if measure.book == book)
        self._choices("figure", [*ALL, *((measure.code, named(measure.code)) for measure in measures)])

    def _choices(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """A figure is of a year."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("figure") and not cleaned.get("year") and "year" not in self.errors:
            self.add_error("year", _("按指标查看明细时，请填写年度。"))
        return cleaned

    def rows(self) -> QuerySet[Project] | QuerySet[Enterprise]:
        """The rows asked for; none while the form is not valid."""
        found: Any = counting.rows_of(self.book).select_related("ledger")
        if not self.is_valid():
            return found.none()
        asked = self.cleaned_data
        if asked["q"]:
            words = Q(name__icontains=asked["q"])
            code = (
                Q(investor__icontains=asked["q"]) if self.book == Book.PROJECTS else Q(credit_code=asked["q"].upper())
            )
            found = found.filter(words | code)
        if asked["park"]:
            found = found.filter(ledger__park=asked["park"])
        if asked["figure"]:
            found = found.filter(counting.MEASURES[asked["figure"]].rows(asked["year"]))
        elif asked["year"] and self.book == Book.PROJECTS:
            found = found.filter(year=asked["year"])
        elif asked["year"]:
            found = found.filter(counting.new_enterprises(asked["year"]))
        if asked.get("decision"):
            found = found.filter(decision=asked["decision"])
        if asked.get("flaw"):
            found = found.filter(FLAWS[asked["flaw"]][1])
        if asked.get("kind"):
            found = found.filter(KINDS[asked["kind"]][1])
        return found.order_by("ledger_id", *(("-year", "name") if self.book == Book.PROJECTS else ("credit_code",)))
