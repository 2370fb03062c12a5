"""Pages of the clauses of review: given out by 省科技厅, judged by the reviewer, taken back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import only
from accounts.requests import ActorRequest
from reviews import items, services
from reviews.forms_departments import ReasonForm
from reviews.forms_items import AskReviewerForm, JudgeForm
from reviews.models import ReviewItem
from reviews.views.acts import act_page, discusses, is_lead, the_case
from workflow.machine import Refused

TAB = "?tab=items"


@only(is_lead)
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give clauses that nobody judges yet to an office or an expert of the case."""
    case = the_case(pk)
    taken = set(items.standing(case).values_list("clause", flat=True))
    free = [clause for clause in items.clauses_of(case) if clause.id not in taken]
    if not items.clauses_of(case):
        raise Http404
    offices = {office.code: office for office in items.reviewers_for(case)}
    return act_page(
        request,
        case,
        AskReviewerForm(request.POST or None, free=free, offices=offices.values()),
        lambda data: services.ask_reviewer(case, data["clauses"], offices[data["office"]], request.actor),
        title=_("指定评审"),
        text=_("每项须由评审人评审的条款指定一个单位或专家；评审人署名评定并写明理由，评定后不能修改。"),
        button=_("指定"),
        done=_("已指定评审，对方会收到待办。"),
        back=f"{case.get_absolute_url()}{TAB}",
    )


@only(discusses)
def judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The items of one's own office: what the clause asks, what the application says, and the judgement."""
    case = the_case(pk)
    rows = [
        row
        for row in items.rows(case, request.actor)
        if row["item"] and row["item"].tenant_id == request.actor.organisation.pk
    ]
    if not rows:
        raise Http404
    rows.sort(key=lambda row: not row["may_judge"])  # what is left to do comes first
    for row in rows:
        row["form"] = JudgeForm(request.POST or None, item=row["item"]) if row["may_judge"] else None
    forms = [row["form"] for row in rows if row["form"]]
    errors: list[dict[str, str]] = []
    if request.method == "POST":
        said = {form.item.clause: form for form in forms if form.is_touched}
        try:
            if all(form.is_valid() for form in said.values()):
                found = {clause: form.judgement() for clause, form in said.items()}
                services.judge_items(case, found, request.actor)
                messages.success(request, _("已评定 %(n)d 项。") % {"n": len(found)})
                return redirect("reviews:items", pk=case.pk)
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        errors += [
            {"text": text, "href": f"#{form[name].id_for_label}"}
            for form in said.values()
            for name, texts in form.errors.items()
            for text in texts
        ]
    context = {
        "case": case,
        "filing": case.filing,
        "rows": rows,
        "open": bool(forms),
        "errors": errors,
        "stage": {"kind": "progress", "text": case.get_status_display()},
    }
    return render(request, "reviews/items.html", context, status=422 if errors else 200)


@only(is_lead)
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a clause back from its reviewer."""
    found = get_object_or_404(ReviewItem.objects.select_related("tenant", "case__filing__tenant"), pk=pk)
    case = the_case(found.case_id)
    found.case = case
    return act_page(
        request,
        case,
        ReasonForm(request.POST or None),
        lambda data: services.withdraw_item(found, data["reason"], request.actor),
        title=_("收回评审：%(clause)s（%(office)s）") % {"clause": found.clause, "office": found.tenant.short_name},
        text=_("收回后可以另行指定；原评定和收回的原因都留存在案卷中。"),
        button=_("收回"),
        done=_("已收回，请另行指定评审。"),
        back=f"{case.get_absolute_url()}{TAB}",
        kind="warning",
    )
