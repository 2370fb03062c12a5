"""The table of the minutes: each opinion, condition and remark adopted, partly or not, and why; and lapsed opinions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import carrying
from accounts.decorators import only
from accounts.requests import ActorRequest
from notifications.enums import DraftStatus
from notifications.models import Draft
from reviews import services
from reviews.enums_publicity import Treatment
from reviews.models import Case, Opinion
from reviews.services import adoption as table
from reviews.views import adoption_saving
from reviews.views.adoption_saving import LONGEST
from workflow.machine import Refused


@carrying.survives_where_sealed
@only(lambda actor: actor.is_lead)
def adoption(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say of everything that was said how the conclusion treats it; what is typed is kept, complete or not."""
    draft = get_object_or_404(Draft, pk=pk, kind="minutes", tenant=request.actor.organisation)
    case = get_object_or_404(Case.objects.select_related("filing"), pk=draft.subject_id)
    editable = draft.status == DraftStatus.DRAFTING and request.actor.is_handler
    fields, errors = dict(draft.fields), []
    if request.method == "POST":
        if carrying.is_autosave(request):
            return adoption_saving.save(request, draft, case)
        if not editable:
            raise Http404
        try:
            conflicts = adoption_saving.keep(request, draft, case)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            carrying.drop(request)
            errors, missing = adoption_saving.told(draft, case, conflicts), table.untreated(case, draft.fields)
            if not errors and not missing:
                messages.success(request, _("采纳情况已保存。"))
                return redirect(draft)
            if missing:
                messages.info(request, _("已保存；还有 %(n)d 处没有写完。") % {"n": len(missing)})
        fields = adoption_saving.as_typed(request.POST, case, fields)
    elif carrying.carried(request):
        fields = adoption_saving.as_typed(carrying.carried_data(request), case, fields)
    rows = [_row(number, one, request) for number, one in enumerate(table.treated(case, fields), start=1)]
    if request.method == "POST":
        errors += [{"text": row["problem"], "href": f"#{row['id']}"} for row in rows if row["problem"]]
    context = {
        "draft": draft,
        "case": case,
        "rows": rows,
        "editable": editable,
        "errors": errors,
        "treatments": Treatment.choices,
        **adoption_saving.shown(request, draft, case),
    }
    return render(request, "reviews/adoption.html", context)


def _row(number: int, one: table.Treated, request: ActorRequest) -> dict[str, Any]:
    return {
        "number": number,
        "id": f"point-{number}",
        "key": one.point.key,
        "office": one.point.office,
        "kind": one.point.kind.label,
        "section": table.section_in_words(one.point.section),
        "text": one.point.text,
        "treatment": one.treatment,
        "reason": one.reason,
        "problem": one.problem if request.method == "POST" else "",
        "options": [
            {"value": value, "label": label, "chosen": value == one.treatment} for value, label in Treatment.choices
        ],
    }


@only(lambda actor: actor.is_lead)
@require_POST
def lapse(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Go on without an opinion that did not come in time (AMB-21)."""
    found = get_object_or_404(Opinion.objects.select_related("case", "tenant"), pk=pk)
    try:
        services.lapse(found, request.POST.get("reason", "").strip()[:LONGEST], request.actor)
    except Refused as refused:
        messages.error(request, "；".join(refused.reasons))
    else:
        messages.success(request, _("%(office)s已按逾期未回复处理。") % {"office": found.tenant.short_name})
    return redirect(f"{found.case.get_absolute_url()}?tab=opinions")
