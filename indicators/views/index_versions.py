"""The versions of the index: listed, read with their quotations, compared, and taken away as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from accounts.requests import ActorRequest
from indicators import rules_index, scoring
from indicators.enums import RankingList
from indicators.enums_policy import IndexStatus
from indicators.models import IndexVersion
from indicators.transitions_index import versions as machine
from notifications.forms import SignForm
from policy import decimals, figures
from policy import index as tree_of
from policy.index import Part
from workflow import ledger

TAGS = {
    IndexStatus.DRAFT: "progress",
    IndexStatus.CHECKING: "waiting",
    IndexStatus.SIGNING: "waiting",
    IndexStatus.SIGNED: "done",
    IndexStatus.FROZEN: "done",
    IndexStatus.SUPERSEDED: "ended",
}
NEED_REASON = {"give_back", "reopen"}
COMPARED = ("label", "weight", "kind", "clause", "numerator", "denominator", "direction", "normalise", "parent")
LABELS = {
    "label": "名称",
    "kind": "计算方式",
    "clause": "条款",
    "numerator": "数据",
    "denominator": "分母",
    "direction": "方向",
    "normalise": "无量纲化",
    "parent": "上级",
}


def base_of(request: ActorRequest) -> str:
    """The frame of a page that the public may read too."""
    return "base_desk.html" if request.actor else "base_public.html"


def the_version(pk: UUID) -> IndexVersion:
    """The version, as far as the scope lets one see it."""
    return get_object_or_404(IndexVersion.objects.select_related("tenant"), pk=pk)


@require_safe
@public_page
def index(request: ActorRequest) -> HttpResponse:
    """All versions by list; the public sees those that were signed."""
    found = list(IndexVersion.objects.order_by("ranking", "-number"))
    drafts = bool(request.actor and request.actor.is_lead and request.actor.is_handler)
    lists = [
        {
            "ranking": ranking,
            "rows": [
                {"version": one, "tag": TAGS[IndexStatus(one.status)]} for one in found if one.ranking == ranking.value
            ],
        }
        for ranking in RankingList
    ]
    context = {"lists": lists, "may_draft": drafts, "page_base": base_of(request)}
    return render(request, "indicators/index/list.html", context)


@require_safe
@public_page
def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version: its tree with weights and quotations, the check, who signed."""
    return shown(request, the_version(pk))


def shown(
    request: ActorRequest,
    found: IndexVersion,
    *,
    reasons: Iterable[str] = (),
    form: SignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a version; `reasons` are why an act was refused."""
    actor = request.actor
    edits = bool(actor) and found.status == IndexStatus.DRAFT and rules_index.is_handler_of_lead(actor, found)
    faults = tree_of.faults(found.parts, found.ranking)
    signs = found.status == IndexStatus.SIGNING and rules_index.is_signatory(actor, found)
    signatures = list(found.signatures.select_related("tenant").order_by("signed_at"))
    signed = any(one.dropped_at is None and actor and one.tenant_id == actor.organisation.pk for one in signatures)
    context = {
        "page_base": base_of(request),
        "version": found,
        "tag": TAGS[IndexStatus(found.status)],
        "rows": rows_of(found),
        "total": said(tree_of.total(found.parts)) if not _unreadable(found) else "",
        "increments": said(tree_of.increments(found.parts)) if not _unreadable(found) else "",
        "faults": faults if actor and found.status in (IndexStatus.DRAFT, IndexStatus.CHECKING) else [],
        "edits": edits,
        "may_copy": bool(actor and actor.is_lead and actor.is_handler),
        "acts": acts_of(found, request) if actor else [],
        "sign_form": (form or SignForm(person=actor.person)) if actor and signs and not signed else None,
        "signatures": signatures,
        "others": IndexVersion.objects.filter(ranking=found.ranking).exclude(pk=found.pk).order_by("-number"),
        "events": ledger.history(found.dossier) if actor else [],
        "errors": [{"text": reason, "href": ""} for reason in reasons],
    }
    return render(request, "indicators/index/version.html", context, status=status)


def _unreadable(found: IndexVersion) -> bool:
    try:
        tree_of.total(found.parts)
    except ValueError:
        return True
    return False


def said(number: Any) -> str:
    """An exact number as a plain decimal."""
    return decimals.render(number)


def rows_of(found: IndexVersion) -> list[dict[str, Any]]:
    """The nodes in reading order, each with how deep it stands and what it is counted from."""
    targets = scoring.targets_of(found.parts, found.valid_from)
    return [
        {
            "part": part,
            "depth": depth,
            "data": data_of(part),
            "quote": part.own_quote,
            "target": targets.get(part.code) if part.kind == tree_of.TARGET else None,
        }
        for depth, part in tree_of.in_order(found.parts)
    ]


def data_of(part: Part) -> str:
    """The figures behind an indicator in words."""
    if not part.numerator:
        return ""
    above = " ＋ ".join(_named(code) for code in part.numerator)
    return f"{above} ÷ {_named(part.denominator)}" if part.denominator else above


def _named(code: str) -> str:
    figure = figures.find(code)
    return figure.label if figure else code


def acts_of(found: IndexVersion, request: ActorRequest) -> list[dict[str, Any]]:
    """The buttons of who looks, each with what stands in its way; signing has a form of its own."""
    return [
        {"name": arrow.name, "label": arrow.label, "reasons": against, "needs_reason": arrow.name in NEED_REASON}
        for arrow, against in machine.open_to(found, request.actor)
        if arrow.name not in ("sign", "complete", "freeze", "supersede")
    ]


@require_safe
@public_page
def compare(request: ActorRequest) -> HttpResponse:
    """Two versions side by side: what each weighs, and what else was changed."""
    try:
        left, right = (the_version(UUID(request.GET.get(name, ""))) for name in ("a", "b"))
    except ValueError:
        raise Http404 from None
    before, after = ({part.code: part for part in one.parts} for one in (left, right))
    codes = [part.code for _depth, part in tree_of.in_order(right.parts)]
    codes += [part.code for _depth, part in tree_of.in_order(left.parts) if part.code not in after]
    rows = [_difference(before.get(code), after.get(code)) for code in codes]
    context = {
        "page_base": base_of(request),
        "left": left,
        "right": right,
        "rows": rows,
        "same": not any(row["changed"] for row in rows),
    }
    return render(request, "indicators/index/compare.html", context)


def _difference(old: Part | None, new: Part | None) -> dict[str, Any]:
    part = new or old
    assert part is not None
    changed = []
    if old is None:
        changed = [_("新增")]
    elif new is None:
        changed = [_("删除")]
    else:
        changed = [
            LABELS.get(name, "") for name in COMPARED if name != "weight" and getattr(old, name) != getattr(new, name)
        ]
    weights = (old.weight if old else "", new.weight if new else "")
    return {
        "part": part,
        "before": weights[0],
        "after": weights[1],
        "what": "、".join(str(one) for one in changed),
        "changed": bool(changed) or weights[0] != weights[1],
    }


@require_safe
@public_page
def as_json(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The version as data, with its digest and its signatures."""
    found = the_version(pk)
    live = found.signatures.filter(dropped_at=None).select_related("tenant").order_by("signed_at")
    content = {
        "ranking": found.ranking,
        "number": found.number,
        "title": found.title,
        "valid_from": found.valid_from,
        "basis": found.basis,
        "tree": found.tree,
        "status": found.status,
        "digest": found.digest,
        "signatures": [
            {"organisation": one.tenant.name, "name": one.name, "at": one.signed_at.isoformat(), "digest": one.digest}
            for one in live
        ],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
@public_page
def as_meta(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The version as the meta file of `composite`, with the thresholds of its first year."""
    found = the_version(pk)
    answer = HttpResponse(scoring.meta_of(found, found.valid_from), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="index-{found.ranking}-{found.number}.csv"'
    return answer
