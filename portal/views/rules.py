"""The rules in force: the clauses by which a filing is judged, with quotations from the policy."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from accounts.decorators import public_page
from policy import clauses
from policy.clauses import Clause
from registry.words import crumbs

FIRST = "park-creation"
OPERATORS = {
    ">=": gettext_lazy("不低于"),
    ">": gettext_lazy("高于"),
    "<=": gettext_lazy("不高于"),
    "<": gettext_lazy("低于"),
    "between": gettext_lazy("介于"),
}
KINDS = {
    "quantitative": gettext_lazy("按数值判断"),
    "documents": gettext_lazy("按材料判断"),
    "review": gettext_lazy("由人评审"),
}


@public_page
@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """规则: every clause of a set (`set`, default the conditions for creation), its quotation and its threshold."""
    chosen = request.GET.get("set", FIRST)
    if chosen not in clauses.names():
        raise Http404
    found = clauses.load(chosen)
    others = [name for name in clauses.names() if name != FIRST]
    context = {
        "crumbs": crumbs((_("规则"), "")),
        "set": found,
        "sets": [(name, clauses.load(name).label) for name in (FIRST, *others)],
        "rows": [_row(clause) for clause in found.clauses],
        "text": found.text(),
    }
    return render(request, "portal/rules.html", context)


def _row(clause: Clause) -> dict[str, Any]:
    return {
        "id": clause.id,
        "label": clause.label,
        "quote": clause.quote,
        "kind": KINDS.get(clause.kind.value, clause.kind.value),
        "threshold": _threshold(clause),
        "advice": clause.advice,
    }


def _threshold(clause: Clause) -> str:
    if not clause.thresholds:
        return _("—")
    last = clause.thresholds[-1]
    return f"{OPERATORS[clause.operator]} {last.text.replace('..', '—')}{clause.unit}"
