"""The thirteen materials as one list: what is due, what is there, giving and taking away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import ActorRequest
from applications import attaching, delegating, editing, rules
from applications.attaching import PURPOSES
from applications.enums import DelegationStatus
from applications.facts import Dossier
from applications.forms_materials import MaterialForm
from applications.materials import OPTIONAL, PIECES
from applications.models import Delegation, Filing, Material
from applications.models.delegation import MATERIAL
from applications.parts import PIECES_TO_GIVE, key_of
from applications.selfcheck import page_of
from applications.views import carry
from applications.views import delegating as delegation_pages
from applications.views.access import filing_in_work
from files import quota, receiving
from files.queries import about_scanning, shown
from files.refusals import in_bytes
from workflow.machine import Refused


def materials(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The list; a POST gives files for the piece it names."""
    filing = filing_in_work(request.actor, pk)
    if request.method != "POST":
        return render(request, "applications/materials.html", _context(request, filing))
    code = request.POST.get("code", "")
    if code not in PIECES:
        raise Http404
    waiting = receiving.waiting(request.actor, filing.dossier)
    form = MaterialForm(request.POST, request.FILES, code=code, filing=filing, actor=request.actor, waiting=waiting)
    if form.is_valid():
        details = {name: form.cleaned_data[name] for name in PIECES[code].details}
        try:
            made = attaching.attach(filing, code, form.cleaned_data["attached"], request.actor, **details)
        except Refused as refused:
            form.add_error("attached", refused.reasons)
        else:
            messages.success(request, _("已上传 %(n)d 个文件。") % {"n": len(made)})
            return redirect(page_of(filing, f"materials#{code}"))
    return render(request, "applications/materials.html", _context(request, filing, code, form), status=422)


@require_POST
def remove(request: ActorRequest, pk: UUID, material: UUID) -> HttpResponse:
    """Take a file away."""
    filing = filing_in_work(request.actor, pk)
    found = get_object_or_404(Material.objects.select_related("filing", "upload"), pk=material, filing=filing)
    name, code = found.upload.name, found.code
    try:
        attaching.detach(found, request.actor)
    except Refused as refused:
        for reason in refused.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("已删除“%(name)s”。") % {"name": name})
    return redirect(page_of(filing, f"materials#{code}"))


def _context(request: ActorRequest, filing: Filing, code: str = "", form: MaterialForm | None = None) -> dict[str, Any]:
    dossier = Dossier.of(filing)
    editable = not editing.obstacles(filing, request.actor)
    owns = not editable and rules.is_handler_of_owner(request.actor, filing)
    opened = rules.opened_keys(filing) if owns else set()
    given = _given(filing)
    mine = _held(request, filing, given)
    office = attaching.people_of(next(iter(mine.values()))) if mine else set()
    waiting = receiving.waiting(request.actor, filing.dossier) if editable or mine or opened else []

    def form_of(piece: str) -> MaterialForm | None:
        if form is not None and piece == code:
            return form
        if not editable and piece not in mine and key_of(piece) not in opened:
            return None
        return MaterialForm(code=piece, filing=filing, actor=request.actor, waiting=waiting)

    rows = [
        {
            "kind": kind,
            "complete": dossier.is_complete(kind),
            "left_out": bool(kind.pieces)
            and all(piece.code in OPTIONAL and not dossier.has(piece.code) for piece in kind.pieces),
            "href": page_of(filing, kind.section) if kind.section not in {"", "request"} else "",
            "pieces": [
                {
                    "piece": piece,
                    "files": [
                        (
                            one,
                            shown(one.upload),
                            editable or key_of(piece.code) in opened or _may_remove(one, mine, office),
                        )
                        for one in dossier.files_of(piece.code)
                    ],
                    "optional": piece.code in OPTIONAL,
                    "has": dossier.has(piece.code),
                    "open": piece.code == code or any(one.purpose == PURPOSES[piece.code].code for one in waiting),
                    "form": form_of(piece.code),
                    "delegation": given.get(piece.code),
                    "line": _line(request, given[piece.code], dossier) if piece.code in given else None,
                }
                for piece in kind.pieces
            ],
        }
        for kind in dossier.kinds
    ]
    return {
        "filing": filing,
        "rows": rows,
        "done": sum(row["complete"] for row in rows),
        "total": len(rows),
        "editable": editable,
        "in_my_hands": len(mine),
        "left": in_bytes(quota.room(filing.tenant, filing.dossier).left) if editable else "",
        "about_scanning": about_scanning(),
        "form": form,
        "seal": carry.seal(request),
    }


def _given(filing: Filing) -> dict[str, Delegation]:
    """By piece, the last delegation that was not taken back."""
    rows = {row.section: row for row in reversed(delegating.all_of(filing)) if row.status != DelegationStatus.WITHDRAWN}
    return {part.code: rows[part.slug] for part in PIECES_TO_GIVE if part.slug in rows}


def _held(request: ActorRequest, filing: Filing, given: dict[str, Delegation]) -> dict[str, Delegation]:
    """The pieces that the actor was given to provide, where the actor is no handler of the owner."""
    if filing.tenant_id == request.actor.organisation.pk or filing.status not in rules.IN_WORK:
        return {}
    return {code: row for code, row in given.items() if row.is_writable and rules.is_holder(request.actor, row)}


def _may_remove(material: Material, mine: dict[str, Delegation], office: set[UUID]) -> bool:
    return material.code in mine and attaching.was_given_under(material, mine[material.code], office)


def _line(request: ActorRequest, row: Delegation, dossier: Dossier) -> dict[str, Any]:
    """In whose hands a piece is, and what the actor may do about it."""
    begun = any(one.added_at >= row.assigned_at for one in dossier.files_of(row.section.removeprefix(MATERIAL)))
    title = next(part.title for part in PIECES_TO_GIVE if part.slug == row.section)
    return delegation_pages.line(row, request, title, begun)
