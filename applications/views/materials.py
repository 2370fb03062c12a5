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
from applications import attaching, editing
from applications.attaching import PURPOSES
from applications.facts import Dossier
from applications.forms_materials import MaterialForm
from applications.materials import MATERIALS, OPTIONAL, PIECES
from applications.models import Filing, Material
from applications.selfcheck import page_of
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
    waiting = receiving.waiting(request.actor, filing.dossier) if editable else []

    def form_of(piece: str) -> MaterialForm | None:
        if form is not None and piece == code:
            return form
        if not editable:
            return None
        return MaterialForm(code=piece, filing=filing, actor=request.actor, waiting=waiting)

    rows = [
        {
            "kind": kind,
            "complete": dossier.is_complete(kind),
            "href": page_of(filing, kind.section) if kind.section not in {"", "request"} else "",
            "pieces": [
                {
                    "piece": piece,
                    "files": [(one, shown(one.upload)) for one in dossier.files_of(piece.code)],
                    "optional": piece.code in OPTIONAL,
                    "has": dossier.has(piece.code),
                    "open": piece.code == code or any(one.purpose == PURPOSES[piece.code].code for one in waiting),
                    "form": form_of(piece.code),
                }
                for piece in kind.pieces
            ],
        }
        for kind in MATERIALS
    ]
    return {
        "filing": filing,
        "rows": rows,
        "done": sum(row["complete"] for row in rows),
        "total": len(rows),
        "editable": editable,
        "left": in_bytes(quota.room(filing.tenant, filing.dossier).left) if editable else "",
        "about_scanning": about_scanning(),
        "form": form,
    }
