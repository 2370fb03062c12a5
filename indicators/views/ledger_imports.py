"""A table comes into a ledger: sent, checked, shown, confirmed, stored; its progress on the page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import ActorRequest
from indicators.enums import Book, ImportStatus
from indicators.ledgers import access, columns, packing, template
from indicators.ledgers.forms import SendForm
from indicators.models import Ledger, LedgerImport
from indicators.views.ledgers import the_book
from workflow.machine import Refused

SECONDS = 2
SHOWN = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TAGS = {
    ImportStatus.CHECKING: "progress",
    ImportStatus.CHECKED: "waiting",
    ImportStatus.STORING: "progress",
    ImportStatus.DONE: "done",
    ImportStatus.REFUSED: "warning",
    ImportStatus.GIVEN_UP: "ended",
}


def send(request: ActorRequest, book: str) -> HttpResponse:
    """The form that takes a table, and the tables that came before."""
    chosen = the_book(book)
    if not access.parks_kept(request.actor, chosen):
        raise Http404
    form = SendForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = packing.send(chosen, sent.name, sent.read(), request.actor)
        except Refused as refused:
            form.add_error("file", refused.reasons[0])
        else:
            return redirect(made)
    earlier = LedgerImport.objects.filter(book=chosen).defer("content", "preview").select_related("person")
    context = {
        "book": chosen,
        "form": form,
        "rows": [{"row": row, "tag": TAGS[ImportStatus(row.state)]} for row in earlier[:SHOWN]],
    }
    return render(request, "indicators/ledgers/send.html", context, status=422 if form.errors else 200)


@require_safe
def blank(request: ActorRequest, book: str) -> HttpResponse:
    """The table to be filled in."""
    chosen = the_book(book)
    parks = [name for _slug, name in access.parks_kept(request.actor, chosen)]
    response = HttpResponse(template.workbook(chosen, parks), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{chosen}.xlsx"'
    return response


@require_safe
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far a table is, what it would do, what stands in its way; asks again while the worker has it."""
    found = _the_import(pk)
    response = _shown(request, found)
    if found.is_working:
        response["Refresh"] = str(SECONDS)
    return response


def _the_import(pk: UUID) -> LedgerImport:
    found: LedgerImport = get_object_or_404(LedgerImport.objects.defer("content"), pk=pk)
    return found


def _shown(
    request: ActorRequest, found: LedgerImport, reasons: list[str] | None = None, status: int = 200
) -> HttpResponse:
    book = Book(found.book)
    parks = {str(pk): name for pk, name in Ledger.objects.values_list("pk", "name")} if found.preview else {}
    words = columns.Words(book)
    context = {
        "found": found,
        "book": book,
        "tag": TAGS[ImportStatus(found.state)],
        "errors": [{"text": text, "href": ""} for text in reasons or []],
        "rows": [_previewed(book, words, row, parks.get(row["ledger_id"], "")) for row in found.preview],
        "is_mine": found.person_id == request.actor.person.pk,
    }
    return render(request, "indicators/ledgers/import.html", context, status=status)


def _previewed(book: Book, words: columns.Words, row: dict[str, str], park: str) -> dict[str, Any]:
    """A row in words: its name, its park, and each other column that says something."""
    names = [column.name for column in columns.COLUMNS[book] if column.name != "name" and row.get(column.name)]
    cells = [
        {"label": columns.label(book, name), "value": _word(words, name, row[name])}
        for name in names
        if row[name] != "False"
    ]
    return {"name": row["name"], "park": park, "cells": cells}


def _word(words: columns.Words, name: str, value: str | None) -> str:
    return words(name, {"True": True, "False": False}.get(value or "", value))


@require_POST
def act(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The checked table is stored, or given up."""
    found = _the_import(pk)
    wanted = request.POST.get("act", "")
    if wanted not in ("confirm", "give_up"):
        raise Http404
    try:
        (packing.confirm if wanted == "confirm" else packing.give_up)(found, request.actor)
    except Refused as refused:
        return _shown(request, found, refused.reasons, 422)
    messages.success(request, _("已开始导入，完成后台账数自动更新。") if wanted == "confirm" else _("已放弃这次导入。"))
    return redirect(found)
