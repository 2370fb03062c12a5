"""The ledgers of the parks: lists, one row with its history, entering, changing, removing."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import ActorRequest
from indicators.enums import Book, SubjectKind
from indicators.ledgers import access, cells, columns, counting, following, register_forms
from indicators.ledgers.cells import Amount
from indicators.ledgers.columns_life import AnyRow
from indicators.ledgers.forms import RowForm
from indicators.ledgers.kinds import KINDS
from indicators.ledgers.lists import FilterForm
from indicators.ledgers.registers import REGISTERS
from indicators.models import LedgerCount, LedgerVersion, Project, Record, Return, Support
from indicators.queries import named
from indicators.services import ledgers as services
from policy.supports import supports
from workflow import jobs, ledger
from workflow.machine import Refused

PAGE = 50
FORMATS = ("xlsx", "csv", "gb18030")
OWN_PAGES = (Book.PROJECTS, Book.ENTERPRISES)


def the_book(name: str) -> Book:
    """One of the books; 404 for any other."""
    try:
        return Book(name)
    except ValueError as error:
        raise Http404 from error


def the_row(book: Book, pk: UUID) -> AnyRow:
    """A row, as far as the scope lets one see it."""
    rows: Any = columns.MODELS[book]._default_manager.select_related("ledger__tenant", "ledger__reporter", "changed_by")
    found: AnyRow = get_object_or_404(rows, pk=pk)
    return found


@require_safe
def index(request: ActorRequest) -> HttpResponse:
    """The first book of which there is something for the actor's office: a county without a park has registers only."""
    seen = (book for book in Book if access.seen_by(request.actor, book).exists())
    return redirect("ledgers:list", next(seen, Book.PROJECTS))


@require_safe
def rows(request: ActorRequest, book: str) -> HttpResponse:
    """The rows of a book that one may see; with a figure and a year, those it was counted from."""
    chosen = the_book(book)
    form = FilterForm(chosen, request.actor, request.GET)
    page = Paginator(form.rows(), PAGE).get_page(request.GET.get("page"))
    context = {
        "book": chosen,
        "books": Book.choices,
        "checks": access.checks(request.actor),
        "form": form,
        "page": page,
        "counted": _counted(form),
        "keeps": bool(access.parks_kept(request.actor, chosen)),
        "has_ledgers": bool(page.object_list) or access.seen_by(request.actor, chosen).exists(),
        "query": request.GET.urlencode(),
        "key": uuid4().hex,
        "formats": zip(FORMATS, ("XLSX", "CSV（UTF-8）", "CSV（GB 18030）"), strict=True),
    }
    page_of = chosen if chosen in OWN_PAGES else "book"
    context |= _table(chosen, page) if page_of == "book" else {}
    return render(request, f"indicators/ledgers/{page_of}.html", context, status=200 if form.is_valid() else 422)


def _table(book: Book, page: Any) -> dict[str, Any]:
    """The columns that the general list shows, and the cells of its rows."""
    kind, words = KINDS[book], columns.Words(book)
    numeric = {one.name: one.read is cells.year or isinstance(one.read, Amount) for one in columns.COLUMNS[book]}
    heads = [{"label": columns.label(book, name), "numeric": numeric[name]} for name in kind.listed]
    rows = []
    for row in page:
        said = (kind.says[name](row) if name in kind.says else words(name, getattr(row, name)) for name in kind.listed)
        told = [{**head, "value": text} for head, text in zip(heads, said, strict=True)]
        rows.append({"row": row, "mark": kind.mark(row), "cells": told})
    return {"heads": heads, "rows": rows}


def _counted(form: FilterForm) -> dict[str, Any] | None:
    """The figure whose rows are shown, as the worker counted it last."""
    if not form.is_valid() or not form.cleaned_data.get("figure"):
        return None
    asked = form.cleaned_data
    told = {"name": named(asked["figure"]), "year": asked["year"], "park": asked["park"]}
    count = LedgerCount.objects.filter(subject=asked["park"], year=asked["year"], code=asked["figure"]).first()
    adds = counting.MEASURES[asked["figure"]].adds
    kinds = (SubjectKind.PARK, SubjectKind.CITY)
    told["report"] = Return.objects.filter(subject=asked["park"], year=asked["year"], kind__in=kinds).first()
    return {**told, "count": count, "adds": columns.label(form.book, adds) if adds else ""}


@require_safe
def row(request: ActorRequest, book: str, pk: UUID) -> HttpResponse:
    """One row, and what it said before."""
    return _shown(request, the_row(the_book(book), pk))


def _shown(request: ActorRequest, found: AnyRow, reasons: list[str] | None = None, status: int = 200) -> HttpResponse:
    words = columns.Words(found.book)
    says = KINDS[found.book].says
    asked = register_forms.columns_of(found.register, found) if isinstance(found, Record) else []
    said = {name: words(name, getattr(found, name)) for name in [one.name for one in asked] or _names(found.book)}
    said = {name: text or (says[name](found) if name in says else "") for name, text in said.items()}
    context = {
        "book": found.book,
        "row": found,
        "cells": [{"key": _head(found, name), "value": text or "—"} for name, text in said.items()],
        "versions": _versions(found),
        "keeps": access.keeps(request.actor, found.ledger, found.book),
        "quote": _quote(found),
        "counts": register_forms.counts_of(found) if isinstance(found, Record) else None,
        "faults": _faults(found),
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "events": ledger.history(found.dossier).filter(subject_id=found.pk),
    }
    return render(request, "indicators/ledgers/row.html", context, status=status)


def _head(found: AnyRow, name: str) -> str:
    """How a column of a row is headed."""
    if isinstance(found, Record):
        return register_forms.head(found.register, name)
    return columns.label(found.book, name)


def _quote(found: AnyRow) -> str:
    """The sentence that a measure of support rests on."""
    one = supports().measures.get(found.clause) if isinstance(found, Support) else None
    return one.quote if one else ""


def _faults(found: AnyRow) -> list[str]:
    """What should not be in a row that stands."""
    alert = following.ALERTS.get(found.book)
    if alert is None or found.removed_at or isinstance(found, Project):
        return []
    return alert.faults(found)


def _names(book: Book) -> list[str]:
    return [column.name for column in columns.COLUMNS[book]]


def _versions(found: AnyRow) -> list[dict[str, Any]]:
    """What each change made of the row, the newest first; the values before and after, by column."""
    kept = list(LedgerVersion.objects.filter(row=found.pk).order_by("version"))
    now = {name: _plain(getattr(found, name)) for name in _names(found.book)}
    states = [*(version.data for version in kept), now]
    words = columns.Words(found.book)
    told = []
    for place, version in enumerate(kept):
        after = states[place + 1]
        changes = [
            {
                "name": columns.label(found.book, name),
                "before": _word(words, name, version.data[name]),
                "after": _word(words, name, after[name]),
            }
            for name in now
            if _plain(version.data[name]) != _plain(after[name])
        ]
        reason = found.reason if place + 1 == len(kept) else after["reason"]
        told.append({"at": version.superseded_at, "version": version.version, "changes": changes, "reason": reason})
    return told[::-1]


def _plain(value: Any) -> str:
    """A value as JSON keeps it: amounts without needless zeros."""
    text = str(value)
    return text.rstrip("0").rstrip(".") if "." in text and text.replace(".", "", 1).isdecimal() else text


def _word(words: columns.Words, name: str, value: Any) -> str:
    kept = {"True": True, "False": False, "None": None}
    return words(name, kept.get(str(value), value)) or "—"


def add(request: ActorRequest, book: str) -> HttpResponse:
    """A new row."""
    chosen = the_book(book)
    kept = access.parks_kept(request.actor, chosen)
    if not kept:
        raise Http404
    register = request.GET.get("register", "")
    if chosen == Book.REGISTERS and register not in REGISTERS:
        return render(request, "indicators/ledgers/choose.html", {"book": chosen, "rows": register_forms.choices()})
    form = RowForm(chosen, kept, data=request.POST or None, register=register if chosen == Book.REGISTERS else "")
    if form.is_valid():
        try:
            ledger_of = services.ledger_of(form.cleaned_data["park"], chosen, request.actor)
            made = services.enter_row(ledger_of, chosen, form.values, request.actor)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已登记到台账，数据正在重新汇总。"))
            return redirect(made)
    return _edited(request, chosen, form)


def edit(request: ActorRequest, book: str, pk: UUID) -> HttpResponse:
    """A row is changed; what it said before stays."""
    found = the_row(the_book(book), pk)
    if not access.keeps(request.actor, found.ledger, found.book):
        raise Http404
    register = found.register if isinstance(found, Record) else ""
    form = RowForm(found.book, [], found, data=request.POST or None, register=register)
    if form.is_valid():
        told = {"reason": form.cleaned_data["reason"], "version": form.cleaned_data["version"]}
        try:
            services.change_row(found, form.values, request.actor, **told)
        except Refused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("已修改，改动前的内容保留在历史中。"))
            return redirect(found)
    return _edited(request, found.book, form, found)


def _refuse(form: RowForm, refused: Refused) -> None:
    for reason in refused.reasons:
        form.add_error(None, reason)


def _edited(request: ActorRequest, book: Book, form: RowForm, found: AnyRow | None = None) -> HttpResponse:
    register = REGISTERS.get(form.initial.get("register", ""))
    context = {"book": book, "form": form, "row": found, "register": register}
    return render(request, "indicators/ledgers/edit.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: ActorRequest, book: str, pk: UUID) -> HttpResponse:
    """A row is marked as removed, with the reason."""
    found = the_row(the_book(book), pk)
    version = request.POST.get("version", "")
    try:
        services.remove_row(
            found,
            request.POST.get("reason", "")[:200],
            request.actor,
            version=int(version) if version.isdecimal() else 0,
        )
    except Refused as refused:
        return _shown(request, found, refused.reasons, 422)
    messages.success(request, _("已从台账删除，这一行和理由保留在历史中。"))
    return redirect("ledgers:list", found.book)


@require_POST
def export(request: ActorRequest, book: str) -> HttpResponse:
    """The rows asked for as a file, made by the worker."""
    chosen = the_book(book)
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Http404
    parameters = {"book": str(chosen), "format": form, "query": request.POST.get("query", "")[:1000]}
    job = jobs.ask("ledger.table", request.actor, slugify(request.POST.get("key", ""))[:64], [], parameters)
    return redirect("portal:job", job.pk)
