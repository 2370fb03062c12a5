"""纪要 of an on-site visit or expert panel (T8)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from notifications.content import addressed, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.paper_forms import BLANK, required, text_field
from notifications.rendering import wording_visit as wording
from reviews import services
from reviews.models import Visit
from reviews.papers.shared import said
from workflow import instants


class VisitMinutesForm(forms.Form):
    """What was seen, and what follows from it."""

    seen = text_field(_("基本情况"), _("看到了什么、听取了什么，每行一段。"))
    advice = text_field(_("意见和建议"), _("每行一段；专家论证写明是否通过论证。"))


def _visit(draft: Draft) -> Visit:
    rows = Visit.objects.select_related(
        "case__filing__tenant", "case__filing__host_zone", "case__filing__request_paper"
    )
    return rows.get(pk=draft.subject_id)


def _compose(draft: Draft) -> dict[str, Any]:
    visit, office = _visit(draft), official_name(draft.tenant)
    text = wording.visit_minutes(
        office,
        said(visit.case.filing),
        what={"site": "现场考察", "panel": "专家论证"}[visit.kind],
        held_on=visit.held_on,
        place=visit.place,
        seen=lines(draft.fields.get("seen", "")) or [BLANK],
        advice=lines(draft.fields.get("advice", "")) or [BLANK],
        participants="、".join(lines(visit.participants)) or BLANK,
        experts=visit.experts,
        photos=visit.photos.count(),
    )
    offices = [opinion.tenant for opinion in visit.case.opinions.select_related("tenant").order_by("tenant__order")]
    return addressed(text, office, [], offices, sealed=False)


def _missing(draft: Draft) -> list[str]:
    found = required(VisitMinutesForm)(draft)
    if _visit(draft).held_on > instants.today():
        found.append(gettext("还没有到考察或论证的日期，不能签发纪要。"))
    return found


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    findings = "\n".join([*lines(draft.fields["seen"]), *lines(draft.fields["advice"])])
    services.record_visit(_visit(draft), findings, paper, actor)


def _page(draft: Draft) -> str:
    return reverse("reviews:visit", args=[draft.subject_id])


register(
    PaperKind(
        "visit_minutes", _("考察论证纪要"), _("签发后即记入案卷，送参加联审的部门"), "minutes",
        _compose, _signed, VisitMinutesForm, _missing, page=_page,
    )
)  # fmt: skip
