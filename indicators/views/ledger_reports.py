"""What the ledgers come to: support by heading, as a page and a table, and a park's duties of a year."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.actors import Actor
from accounts.decorators import only
from accounts.requests import ActorRequest
from indicators.enums import Book
from indicators.ledgers import access, duties, totals
from indicators.ledgers.cells import EARLIEST, LATEST
from indicators.ledgers.columns import shown
from indicators.ledgers.lists import FilterForm
from indicators.models import Ledger, Support
from registry.open_data import csv_text
from workflow import instants

PART = ("code", "label", "measures", "parks", "amount", "counts")


class YearForm(forms.Form):
    """A park and a year."""

    park = forms.ChoiceField(label=gettext_lazy("园区"), required=False)
    year = forms.IntegerField(
        label=gettext_lazy("年度"),
        required=False,
        min_value=EARLIEST,
        max_value=LATEST,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )

    def __init__(self, parks: list[tuple[str, str]], data: Any) -> None:
        super().__init__(data)
        field = self.fields["park"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = parks


def _lines(asked: FilterForm) -> list[dict[str, Any]]:
    """Headings and their sub-clauses one below the other, with what one may see of them."""
    found: list[dict[str, Any]] = []
    rows = Support.objects.filter(pk__in=asked.rows().order_by().values("pk"))
    for part in totals.statistics(rows):
        found.append(_line(part.heading.code, part.heading.label, part.came, is_heading=True))
        found += [{**_line(one.code, one.label, came), "clause": one.clause} for one, came in part.measures]
    return found


def _line(code: str, label: str, came: totals.Came | None, *, is_heading: bool = False) -> dict[str, Any]:
    said = came or totals.Came(0, 0, None)
    counts = "、".join(f"{shown(number)} {unit}" for unit, number in said.counts)
    told = {"measures": said.measures, "parks": said.parks, "amount": shown(said.amount), "counts": counts}
    return {"code": code, "label": label, "is_heading": is_heading, **told}


@require_safe
def statistics(request: ActorRequest) -> HttpResponse:
    """Support by heading and sub-clause, as far as one sees its rows, narrowed down as the list is."""
    form = FilterForm(Book.SUPPORT, request.actor, request.GET)
    context = {
        "form": form,
        "lines": _lines(form),
        "query": request.GET.urlencode(),
        "books": Book.choices,
        "reads_all": request.actor.is_lead or request.actor.is_government,
    }
    return render(request, "indicators/ledgers/statistics.html", context, status=200 if form.is_valid() else 422)


@require_safe
def statistics_file(request: ActorRequest) -> HttpResponse:
    """The same as a table."""
    form = FilterForm(Book.SUPPORT, request.actor, request.GET)
    if not form.is_valid():
        raise Http404
    heads = (_("条款"), _("政策举措"), _("措施数"), _("受益园区数"), _("金额（万元）"), _("数量"))
    rows = ({head: line[name] for head, name in zip(heads, PART, strict=True)} for line in _lines(form))
    response = HttpResponse(csv_text(heads, rows).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="support-statistics.csv"'
    return response


@only(access.checks)
@require_safe
def checks(request: ActorRequest) -> HttpResponse:
    """What a park's ledgers say of its duties in a year: last year's unless asked otherwise."""
    seen = access.seen_by(request.actor)
    last = instants.today().year - 1
    form = YearForm(list(seen.values_list("park", "name")), {"year": last, **request.GET.dict()})
    valid = form.is_valid()
    asked = form.cleaned_data if valid else {}
    year = asked.get("year") or last
    ledger = _chosen(request.actor, asked.get("park") or "") if valid else None
    own = ledger is not None and access.is_own(request.actor, ledger)
    findings = duties.duties(ledger, year, whole=own or duties.was_handed_in(ledger, year)) if ledger else []
    context = {"form": form, "ledger": ledger, "year": year, "findings": findings, "books": Book.choices}
    return render(request, "indicators/ledgers/checks.html", context, status=200 if valid else 422)


def _chosen(actor: Actor, park: str) -> Ledger | None:
    seen = access.seen_by(actor).select_related("tenant", "reporter")
    return seen.filter(park=park).first() if park else seen.first()
