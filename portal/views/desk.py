"""The signed-in home: what waits for this post, what the office has in hand, what is late, what was said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.requests import ActorRequest
from notifications.models import Message
from workflow.deadlines import SOON_DAYS, calendar, light
from workflow.models import Task
from workflow.workdays import CalendarEnds, StateCalendar, workdays_between

PAGE = 30
MESSAGES = 5
QUEUES = {
    "mine": gettext_lazy("待我办理"),
    "office": gettext_lazy("本单位在办"),
    "soon": gettext_lazy("即将到期"),
    "late": gettext_lazy("已逾期"),
    "done": gettext_lazy("已办结"),
}


class TaskFilterForm(forms.Form):
    """The filters of the desk; all of them stand in the address."""

    queue = forms.ChoiceField(required=False, choices=list(QUEUES.items()), widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("事项"), required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-20"})
    )
    role = forms.ChoiceField(
        label=gettext_lazy("岗位"),
        required=False,
        choices=[("", gettext_lazy("全部")), *[choice for choice in PostRole.choices if choice[0] != PostRole.AUDITOR]],
    )


@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The desk (工作台) of the acting post."""
    actor, today = request.actor, timezone.localdate()
    form = TaskFilterForm(request.GET)
    form.is_valid()
    queue = form.cleaned_data.get("queue") or "mine"
    tasks = Task.objects.filter(organisation=actor.organisation)
    conditions = _conditions(actor, today)
    counts = tasks.aggregate(**{name: Count("pk", filter=condition) for name, condition in conditions.items()})
    if queue == "mine":
        del form.fields["role"]
    found = _sorted(_filtered(tasks.filter(conditions[queue]), form), queue)
    page = Paginator(found.select_related("done_by"), PAGE).get_page(request.GET.get("page"))
    told = Message.objects.filter(organisation=actor.organisation)
    return render(
        request,
        "portal/desk.html",
        {
            "form": form,
            "queue": queue,
            "queue_label": QUEUES[queue],
            "queues": [(name, label, counts[name]) for name, label in QUEUES.items()],
            "page": page,
            "rows": _rows(list(page), today),
            "filtered": any(form.cleaned_data.get(name) for name in form.fields if name != "queue"),
            "notices": told.order_by(F("read_at").desc(nulls_first=True), "-created_at")[:MESSAGES],
            "unread": told.filter(read_at=None).count(),
            "primary": primary_act(actor),
        },
    )


def _conditions(actor: Actor, today: dt.date) -> dict[str, Q]:
    """What stands in each queue."""
    is_open = Q(done_at=None)
    return {
        "mine": is_open & Q(role=actor.role),
        "office": is_open,
        "soon": is_open & Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=SOON_DAYS)),
        "late": is_open & Q(due_on__lt=today),
        "done": ~is_open,
    }


def _filtered(tasks: QuerySet[Task], form: TaskFilterForm) -> QuerySet[Task]:
    if text := form.cleaned_data.get("text"):
        tasks = tasks.filter(title__icontains=text)
    role = form.cleaned_data.get("role")
    if role and "role" in form.fields:
        tasks = tasks.filter(role=role)
    return tasks


def _sorted(tasks: QuerySet[Task], queue: str) -> QuerySet[Task]:
    if queue == "done":
        return tasks.order_by("-done_at", "pk")
    return tasks.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


def _rows(tasks: list[Task], today: dt.date) -> list[dict[str, Any]]:
    """Each task with its traffic light and the working days left."""
    years = {task.due_on.year for task in tasks if task.due_on and not task.done_at} | {today.year}
    days = calendar()
    rows = []
    for task in tasks:
        state = ""
        if task.done_at:
            state = "done"
        elif task.due_on:
            state = light(task.due_on, today)
        left, days = _left(task, today, days, frozenset(range(min(years), max(years) + 1)))
        rows.append({"task": task, "role": PostRole(task.role).label, "state": state, "left": left})
    return rows


def _left(task: Task, today: dt.date, days: StateCalendar, years: frozenset[int]) -> tuple[str, StateCalendar]:
    """The working days left in words; beyond the announced holidays the years follow their weekdays."""
    if task.due_on is None or task.done_at:
        return "", days
    try:
        number = workdays_between(today, task.due_on, days)
    except CalendarEnds:
        days = StateCalendar(overrides=days.overrides, years=years)
        number = workdays_between(today, task.due_on, days)
    if task.due_on == today:
        return _("今天到期"), days
    if task.due_on < today:
        return _("逾期 %(n)s 个工作日") % {"n": -number}, days
    return _("剩 %(n)s 个工作日") % {"n": number}, days


def primary_act(actor: Actor) -> dict[str, str] | None:
    """The one thing that a person in this post most often comes to start."""
    if actor.is_applicant and actor.is_handler:
        return {"text": _("新建申报"), "href": reverse("applications:new")}
    if actor.is_admin:
        return {"text": _("邀请人员"), "href": reverse("accounts:invite")}
    return None


@require_safe
def messages(request: ActorRequest) -> HttpResponse:
    """Every message to the office (消息), unread ones first."""
    told = Message.objects.filter(organisation=request.actor.organisation)
    ordered = told.order_by(F("read_at").desc(nulls_first=True), "-created_at", "pk")
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/desk_messages.html", {"page": page})


@require_POST
def read_message(request: ActorRequest, pk: str) -> HttpResponse:
    """Mark a message as read (标为已读) and go to what it is about, where asked to."""
    message = get_object_or_404(Message, pk=pk, organisation=request.actor.organisation)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    if request.POST.get("open") and message.address.startswith("/") and not message.address.startswith("//"):
        return redirect(message.address)
    return redirect("portal:desk")


@require_POST
def read_all(request: ActorRequest) -> HttpResponse:
    """Mark all messages of the office as read."""
    Message.objects.filter(organisation=request.actor.organisation, read_at=None).update(read_at=timezone.now())
    return redirect("portal:desk")
