"""A return is filled in: every figure saves itself, or all of them are sent at once; evidence, confirmations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from accounts import carrying
from accounts.requests import ActorRequest
from indicators import checking, services, tables
from indicators.forms_returns import EvidenceForm
from indicators.ledgers import beside
from indicators.models import Entry, Return
from indicators.services.evidence import obstacles
from indicators.services.writing import TYPING, Saved, Typed
from indicators.views.returns import FIELDS, shown, table_of, the_return
from workflow.machine import Refused

Rows = dict[str, tables.Row]


@carrying.survives_where_sealed
def page(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One return; a POST writes what was entered and gives back what could not be written."""
    report = the_return(pk)
    if request.method == "POST" and carrying.is_autosave(request):
        return _autosave(request, report)
    rows = table_of(request, report)
    if request.method != "POST":
        _put_carried(request, rows)
        return shown(request, report, rows=rows)
    beside.adopt(request, rows)
    by_code = {row.code: row for row in rows}
    seen = carrying.versions_in(request.POST.get(carrying.VERSIONS, ""))
    typed = [one for row in rows if (one := _all_of(request, row, seen))]
    try:
        saved = services.save_entries(report, typed, request.actor)
    except Refused as refused:
        return shown(request, report, rows=rows, reasons=refused.reasons, status=422)
    carrying.drop(request)
    n = len(saved.written)
    if saved.refused or saved.conflicts:
        _put_wrong(request, saved, by_code)
        for code, entry in saved.entries.items():
            by_code[code].entry = entry if entry.version else None
        tables.put_flaws(rows, checking.basis_of(report).flaws())
        return shown(request, report, rows=rows, saved=n, status=422)
    messages.success(request, ngettext("已保存 %(n)d 项数据。", "已保存 %(n)d 项数据。", n) % {"n": n})
    return redirect(request.get_full_path())


def _all_of(request: ActorRequest, row: tables.Row, seen: carrying.Seen) -> Typed | None:
    """What a page's form says of a figure; None where it says nothing or nothing else than before."""
    if f"{row.code}-value" not in request.POST:
        return None
    found = {name: request.POST.get(f"{row.code}-{name}") for name in FIELDS}
    unknown = found["unknown"] == "1"
    told = {name: text for name, text in found.items() if name != "unknown" and text is not None}
    if unknown == row.unknown and all(text == getattr(row, name) for name, text in told.items()):
        return None
    version = request.POST.get(f"{row.code}-version", "")
    at = int(version) if version.isdecimal() else seen.get(f"{row.code}-value", (0, ""))[0]
    return Typed(
        row.code,
        at,
        row.scale.stored(told.pop("value")),
        unknown,
        **told,
    )


def _put_wrong(request: ActorRequest, saved: Saved, rows: Rows) -> None:
    """What was typed and not written stands in its row again, with the reason."""
    for code in [*saved.refused, *saved.conflicts]:
        row = rows[code]
        row.typed = {name: request.POST.get(f"{code}-{name}", "") for name in FIELDS}
        if code in saved.refused:
            row.errors = [str(flaw) for flaw in saved.refused[code]]
            continue
        row.entry = met = saved.conflicts[code].entry
        said = {"person": met.changed_by, "value": row.scale.shown(met.value) or _("空白"), "name": row.label}
        row.errors = [
            _("%(name)s在您填写期间由%(person)s改为“%(value)s”。您填的仍在下面；再次保存即以您的为准。") % said
        ]


def _put_carried(request: ActorRequest, rows: list[tables.Row]) -> None:
    """What was typed when the session ended stands in its place again, unsaved."""
    if not (kept := carrying.carried(request)):
        return
    for row in rows:
        if f"{row.code}-value" in kept[0]:
            row.typed = {name: kept[0].get(f"{row.code}-{name}", "") for name in FIELDS}


def _autosave(request: ActorRequest, report: Return) -> JsonResponse:
    """Save the cells that the page names in `versions`, checked by the rules of typing.

    200: `fields` {name: {version, error, unkept?}}, `versions` of all cells of what was written, `flaws` and `changes`
    by code, `problems`, `at`. 409: the same with `conflicts`, or `refused` with reasons.
    """
    base = carrying.versions_in(request.POST.get(carrying.VERSIONS, ""))
    rows = {row.code: row for row in table_of(request, report)}
    cells: dict[str, list[str]] = {}
    for name in base:
        code, _dash, part = name.rpartition("-")
        if code in rows and part in FIELDS:
            cells.setdefault(code, []).append(part)
    typed = [_some_of(request, rows[code], parts, base) for code, parts in cells.items()]
    try:
        saved = services.save_entries(report, typed, request.actor, names=TYPING)
    except Refused as refused:
        return JsonResponse({"refused": refused.reasons}, status=409)
    for code, entry in saved.entries.items():
        rows[code].entry = entry if entry.version else None
    tables.put_flaws(rows.values(), checking.basis_of(report).flaws())
    found = _cells(request, saved, cells, rows, base)
    labels = {code: row.label for code, row in rows.items()}
    found |= {
        "flaws": {code: [str(flaw) for flaw in row.flaws] for code, row in rows.items() if row.flaws},
        "changes": {code: rows[code].change for code in cells},
        "problems": tables.problems(report, checking.outstanding(report), labels),
        "at": f"{timezone.localtime():%H:%M}",
    }
    return JsonResponse(found, status=409 if found["conflicts"] else 200)


def _some_of(request: ActorRequest, row: tables.Row, parts: list[str], base: carrying.Seen) -> Typed:
    """The cells of one figure that a page sent; an answer of ours that was lost on the way counts as seen."""
    told: dict[str, Any] = {part: request.POST.get(f"{row.code}-{part}", "") for part in parts}
    version = min(base[f"{row.code}-{part}"][0] for part in parts)
    tried = carrying.entries_in(request.POST.get("tried", ""))
    before = {part: tried[f"{row.code}-{part}"] for part in parts if f"{row.code}-{part}" in tried}
    if row.entry and before and all((said or [""])[0] == _as_sent(row, part) for part, said in before.items()):
        version = row.entry.version
    text = row.scale.stored(told.pop("value")) if "value" in told else None
    unknown = told.pop("unknown") == "1" if "unknown" in told else None
    return Typed(row.code, version, text, unknown, **told)


def _as_sent(row: tables.Row, part: str) -> str:
    return ("1" if row.unknown else "") if part == "unknown" else str(getattr(row, part))


def _cells(
    request: ActorRequest, saved: Saved, cells: Mapping[str, list[str]], rows: Rows, base: carrying.Seen
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    conflicts: dict[str, Any] = {}
    versions: dict[str, int] = {}
    for code, parts in cells.items():
        row = rows[code]
        names = {part: f"{code}-{part}" for part in parts}
        if code in saved.refused:
            at = "value" if "value" in names else parts[0]
            text = " ".join(str(flaw) for flaw in saved.refused[code])
            for part, name in names.items():
                error = text if part == at else ""
                fields[name] = {"version": base[name][0], "error": error, "unkept": True}
        elif code in saved.conflicts:
            row.entry = saved.conflicts[code].entry
            for part, name in names.items():
                sent = request.POST.get(name, "")
                if sent == _as_sent(row, part):
                    fields[name] = {"version": row.entry.version, "error": ""}
                else:
                    conflicts[name] = _conflict(request, row, part, row.entry)
        else:
            fields |= {name: {"version": row.version, "error": ""} for name in names.values()}
            versions |= {f"{code}-{part}": row.version for part in FIELDS}
    return {"fields": fields, "conflicts": conflicts, "versions": versions}


def _conflict(request: ActorRequest, row: tables.Row, part: str, entry: Entry) -> dict[str, Any]:
    stands = _as_sent(row, part)
    at = f"{timezone.localtime(entry.changed_at):%H:%M}"
    if entry.changed_by_id == request.actor.person.pk:
        words = _("您本人在另一个窗口于 %(at)s 改过%(name)s") % {"at": at, "name": row.label}
    else:
        words = _("%(who)s于 %(at)s 改过%(name)s") % {"who": entry.changed_by.name, "at": at, "name": row.label}
    shown_as = (_("未知") if stands else _("（不选未知）")) if part == "unknown" else stands or _("（空）")
    values = [stands] if part != "unknown" or stands else []
    return {"version": entry.version, "values": values, "shown": shown_as, "words": words}


def evidence(request: ActorRequest, pk: UUID, code: str) -> HttpResponse:
    """The file that proves a figure: given, replaced, taken away."""
    report = the_return(pk)
    row = next((row for row in table_of(request, report) if row.code == code), None)
    if row is None or obstacles(report, request.actor):
        raise Http404
    form = EvidenceForm(request.POST or None, request.FILES or None, actor=request.actor, report=report, code=code)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if "remove" in request.POST:
                services.detach(report, code, request.actor)
                messages.success(request, _("证明材料已删除。"))
                return redirect(f"{report.get_absolute_url()}#{code}-value")
            if form.is_valid():
                services.attach(report, code, form.cleaned_data["file"][0], request.actor)
                messages.success(request, _("证明材料已上传。"))
                return redirect(f"{report.get_absolute_url()}#{code}-value")
        except Refused as refused:
            form.add_error(None, refused.reasons)  # type: ignore[arg-type]
    context = {"report": report, "row": row, "form": form}
    return render(request, "indicators/evidence.html", context, status=status)


@require_POST
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The city's office says of a figure that leapt that it is right."""
    report = the_return(pk)
    code = request.POST.get("code", "")
    try:
        services.confirm(report, code, request.POST.get("reason", ""), request.actor)
    except Refused as refused:
        return shown(request, report, reasons=refused.reasons, status=422)
    messages.success(request, _("已核实，记入报表经过。"))
    return redirect(report)
