"""The signed-in home: what waits for this post, what the office has in hand, what is late, what was said."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.http import HttpResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.actors import Actor
from accounts.compiled import Compiled, Slot
from accounts.requests import ActorRequest
from notifications.models import Message
from portal import markup, worklist
from portal.bulk import acts_of
from workflow import instants
from workflow.deadlines import calendar
from workflow.models import SavedView

MESSAGES = 5
VIEWS = Compiled(lambda: SavedView.objects.filter(tenant=Slot("office")))
LATEST = Compiled(
    lambda: Message.objects.filter(organisation=Slot("office")).order_by(
        F("read_at").desc(nulls_first=True), "-created_at"
    )[:MESSAGES]
)
UNREAD = Compiled(
    lambda: (
        Message.objects.filter(organisation=Slot("office"), read_at=None)
        .order_by()
        .values("organisation")
        .annotate(number=Count("pk"))
        .values_list("number")
    )
)


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known already."""

    def __init__(self, rows: Any, size: int, known: int | None) -> None:
        super().__init__(rows, size)
        if known is not None:
            self.__dict__["count"] = known

    @cached_property
    def count(self) -> int:  # type: ignore[override]
        """The number of rows, asked for only where it is not known."""
        return int(self.object_list.count())  # type: ignore[attr-defined]


@require_safe
def desk(request: ActorRequest) -> HttpResponse:
    """The desk (工作台) of the acting post; without filters in the address, the person's start view."""
    actor, views = request.actor, VIEWS(office=request.actor.organisation.pk)
    if not request.GET and (start := next((view for view in views if view.is_start), None)):
        return redirect(f"{reverse('portal:desk')}?{start.query}")
    form, table = worklist.WorkFilter(request.GET, actor), calendar()
    form.offer_people()
    asked = worklist.asked_of(actor, table)
    queue, counted, chosen = form.queue_code, worklist.counts(asked), form.chosen
    known = None if chosen or _is_capped(queue, counted[queue]) else counted[queue]
    found: Any
    if known is not None and request.GET.get("page", "1") == "1":
        found = worklist.first_page(queue, asked)
    else:
        tasks = worklist.narrowed(worklist.in_queue(queue, asked), form, actor)
        found = worklist.in_order(tasks, queue).select_related(*worklist.named_in(queue))
    page = CountedPaginator(found, worklist.PAGE, known).get_page(request.GET.get("page"))
    rows = worklist.rows(list(page), actor, table)
    query = _without_page(request.GET)
    context = {
        "form": form,
        "queue": queue,
        "queue_label": worklist.QUEUES[queue],
        "queues": [(name, label, _number(name, counted[name])) for name, label in worklist.QUEUES.items()],
        "views": [(view, view.query == query) for view in views],
        "query": query,
        "page": page,
        "rows": rows,
        "table_rows": markup.table_rows(rows, queue),
        "filter_fields": markup.filter_fields(form),
        "filtered": bool(chosen),
        "acts": acts_of(actor, queue),
        "primary": primary_act(actor),
        "today": instants.today(),
        **_messages(request),
    }
    return render(request, "portal/desk.html", context)


def _messages(request: ActorRequest) -> dict[str, Any]:
    """What the office was told last, and how much of it is unread."""
    office = request.actor.organisation.pk
    latest = LATEST(office=office)
    unread = UNREAD(office=office)[0][0] if latest and latest[0].read_at is None else 0
    return {"notices": markup.notices(latest, get_token(request)) if latest else "", "unread": unread}


def _is_capped(queue: str, count: int) -> bool:
    """Whether a count stopped before its end."""
    return queue in worklist.CAPPED and count > worklist.MOST


def _number(queue: str, count: int) -> str:
    return f"{worklist.MOST}+" if _is_capped(queue, count) else str(count)


def _without_page(asked: QueryDict) -> str:
    """The address of the list without its page, as a view keeps it."""
    kept = QueryDict(mutable=True)
    for name in ("queue", *worklist.FILTERS):
        if value := asked.get(name, "").strip()[:100]:
            kept[name] = value
    return kept.urlencode()


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
    page = Paginator(ordered, 30).get_page(request.GET.get("page"))
    notices = markup.notices(page, get_token(request)) if page.object_list else ""
    return render(request, "portal/desk_messages.html", {"page": page, "notices": notices})


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
