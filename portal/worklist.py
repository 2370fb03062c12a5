"""The work list of the desk: queues with counts, filters that stand in the address, rows with light and next hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from django import forms
from django.core.validators import ProhibitNullCharactersValidator
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.compiled import Compiled, Slot
from accounts.enums import PostRole
from accounts.models import Person
from accounts.queries import applicants
from applications.models import Filing
from portal.search import terms
from portal.search.find import entries
from reviews import queries
from reviews.models import Case
from workflow import instants
from workflow.deadlines import SOON_DAYS, OfficeCalendar, soon_until
from workflow.models import Task

QUEUES = {
    "mine": gettext_lazy("待我办理"),
    "office": gettext_lazy("本单位在办"),
    "soon": gettext_lazy("即将到期"),
    "late": gettext_lazy("已逾期"),
    "asked": gettext_lazy("等外单位办理"),
    "done": gettext_lazy("已办结"),
}
PAGE = 50
# What grows without end is counted up to here; above it the number stands with a plus.
MOST, CAPPED = 999, ("asked", "done")
KINDS = {
    "filing": (gettext_lazy("申报与受理"), ("route", "formal_check", "supplement", "open_review")),
    "draft": (gettext_lazy("文稿"), ("draft_handler", "draft_reviewer", "draft_signer")),
    "opinion": (gettext_lazy("部门意见"), ("opinion",)),
    "conclude": (gettext_lazy("结论和上报"), ("conclude", "report", "countersign", "countersign_sign", "decide")),
    "question": (gettext_lazy("询问"), ("answer",)),
}
DUE = {
    "3": gettext_lazy("三天内"),
    "7": gettext_lazy("七天内"),
    "15": gettext_lazy("十五天内"),
    "30": gettext_lazy("三十天内"),
    "paused": gettext_lazy("暂停计时"),
    "none": gettext_lazy("没有期限"),
}
PROGRAMMES = {"park": gettext_lazy("高新园区创建"), "city": gettext_lazy("创新型城市"), "other": gettext_lazy("其他")}
FILTERS = ("text", "stage", "city", "programme", "kind", "due", "assignee", "role")

PEOPLE = Compiled(
    lambda: (
        Person.objects.filter(posts__organisation=Slot("office"), posts__valid_to=None, is_active=True)
        .distinct()
        .order_by("name")
        .values_list("pk", "name")
    )
)
CITIES = Compiled(lambda: applicants().values_list("code", "short_name"))
COUNTS = """
SELECT count(*) FILTER (WHERE role = %(role)s AND (assignee_id IS NULL OR assignee_id = %(person)s)),
       count(*),
       count(*) FILTER (WHERE due_on >= %(today)s AND due_on <= %(soon)s),
       count(*) FILTER (WHERE due_on < %(today)s),
       (SELECT count(*) FROM (SELECT 1 FROM workflow_task
         WHERE created_by_id = %(office)s AND organisation_id <> %(office)s AND done_at IS NULL LIMIT %(most)s) a),
       (SELECT count(*) FROM (SELECT 1 FROM workflow_task
         WHERE organisation_id = %(office)s AND done_at IS NOT NULL LIMIT %(most)s) d)
  FROM workflow_task WHERE organisation_id = %(office)s AND done_at IS NULL
"""


class WorkFilter(forms.Form):
    """The filters of the desk; all of them stand in the address."""

    queue = forms.ChoiceField(required=False, choices=list(QUEUES.items()), widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("事项、园区或编号"),
        required=False,
        max_length=60,
        validators=[ProhibitNullCharactersValidator()],
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "type": "search"}),
    )
    stage = forms.ChoiceField(label=gettext_lazy("阶段"), required=False)
    city = forms.ChoiceField(label=gettext_lazy("申报单位"), required=False)
    programme = forms.ChoiceField(label=gettext_lazy("事项类别"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("办理内容"), required=False)
    due = forms.ChoiceField(label=gettext_lazy("期限"), required=False)
    assignee = forms.ChoiceField(label=gettext_lazy("办理人"), required=False)
    role = forms.ChoiceField(label=gettext_lazy("岗位"), required=False)

    def __init__(self, data: Mapping[str, Any], actor: Actor) -> None:
        super().__init__(data)
        if actor.is_applicant:
            del self.fields["city"]
        else:
            self._offer("city", [])
        working = [("draft", _("筹备"))] if actor.is_applicant else []
        self._offer("stage", [*working, *queries.stage_choices()])
        self._offer("programme", PROGRAMMES.items())
        self._offer("kind", ((code, label) for code, (label, _kinds) in KINDS.items()))
        self._offer("due", DUE.items())
        self._offer("assignee", [("me", _("本人")), ("none", _("未指派"))])
        self._offer("role", [one for one in PostRole.choices if one[0] not in {PostRole.AUDITOR, PostRole.ADMIN}])
        self.actor = actor

    def offer_people(self) -> None:
        """The choices that are read from the database: asked for by the page that shows the form."""
        office = self.actor.organisation
        names = [(str(pk), name) for pk, name in PEOPLE(office=office.pk)]
        self._offer("assignee", [("me", _("本人")), ("none", _("未指派")), *names])
        if "city" in self.fields:
            self._offer("city", CITIES())

    def _offer(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("全部")), *choices]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set and make sense."""
        self.is_valid()
        return {name: value for name in FILTERS if (value := self.cleaned_data.get(name))}

    @property
    def queue_code(self) -> str:
        """The queue that is shown; what waits for me where none is named."""
        self.is_valid()
        return self.cleaned_data.get("queue") or "mine"

    def in_words(self) -> str:
        """The filters that are set, as a printed sheet names them."""
        told = [str(QUEUES[self.queue_code])]
        for name, value in self.chosen.items():
            choices = dict(getattr(self.fields[name], "choices", []))
            told.append(f"{self.fields[name].label} {choices.get(value, value)}")
        return "；".join(told)


def counts(asked: Mapping[str, Any]) -> dict[str, int]:
    """How many tasks stand in each queue, by one query."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, {**asked, "most": MOST + 1})
        return dict(zip(QUEUES, cursor.fetchone(), strict=True))


def asked_of(actor: Actor, table: OfficeCalendar) -> dict[str, Any]:
    """What the queues depend on: the office, the person, the role, today and the last day that is soon."""
    today = instants.today()
    return {
        "office": actor.organisation.pk,
        "person": actor.person.pk,
        "role": actor.role,
        "today": today,
        "soon": soon_until(today, table),
    }


def in_queue(queue: str, asked: Mapping[str, Any]) -> QuerySet[Task]:
    """The tasks of a queue, unsorted."""
    office = Task.objects.filter(organisation=asked["office"])
    is_open = office.filter(done_at=None)
    match queue:
        case "mine":
            return is_open.filter(Q(assignee=None) | Q(assignee=asked["person"]), role=asked["role"])
        case "soon":
            return is_open.filter(due_on__gte=asked["today"], due_on__lte=asked["soon"])
        case "late":
            return is_open.filter(due_on__lt=asked["today"])
        case "asked":
            others = Task.objects.filter(created_by=asked["office"], done_at=None)
            return others.exclude(organisation=asked["office"])
        case "done":
            return office.exclude(done_at=None)
    return is_open


def narrowed(tasks: QuerySet[Task], form: WorkFilter, actor: Actor) -> QuerySet[Task]:
    """The tasks that the filters keep."""
    chosen = form.chosen
    if text := chosen.get("text"):
        tasks = tasks.filter(Q(title__icontains=text) | Q(dossier__in=_dossiers_named(text)))
    if chosen.keys() & {"stage", "city"}:
        tasks = tasks.filter(dossier__in=_dossiers(chosen))
    if programme := chosen.get("programme"):
        filings = Filing.objects.values("dossier")
        own = filings if programme == "other" else filings.filter(division__isnull=programme == "park")
        tasks = tasks.filter(~Q(dossier__in=own) if programme == "other" else Q(dossier__in=own))
    if kind := chosen.get("kind"):
        tasks = tasks.filter(kind__in=KINDS[kind][1])
    if role := chosen.get("role"):
        tasks = tasks.filter(role=role)
    return _assigned(_due(tasks, chosen.get("due", "")), chosen.get("assignee", ""), actor)


def _dossiers_named(text: str) -> QuerySet[Any]:
    wanted = terms(text) or [text.lower()]
    return entries(wanted).order_by().values("dossier")


def _dossiers(chosen: dict[str, str]) -> QuerySet[Any]:
    rows = Filing.objects.order_by()
    if stage := chosen.get("stage"):
        rows = rows.filter(Q(status=stage) | Q(case__status=stage))
    if city := chosen.get("city"):
        rows = rows.filter(tenant__code=city)
    return rows.values("dossier")


def _due(tasks: QuerySet[Task], due: str) -> QuerySet[Task]:
    if due in {"none", "paused"}:
        return tasks.filter(due_on=None, clock__isnull=due == "none")
    return tasks.filter(due_on__lte=instants.today() + dt.timedelta(days=int(due))) if due else tasks


def _assigned(tasks: QuerySet[Task], assignee: str, actor: Actor) -> QuerySet[Task]:
    if assignee == "none":
        return tasks.filter(assignee=None)
    if assignee == "me":
        return tasks.filter(assignee=actor.person)
    return tasks.filter(assignee_id=UUID(assignee)) if assignee else tasks


def in_order(tasks: QuerySet[Task], queue: str) -> QuerySet[Task]:
    """By due date, the earliest first and those without one last; what is done, the latest first."""
    if queue == "done":
        return tasks.order_by("-done_at", "pk")
    return tasks.order_by(F("due_on").asc(nulls_last=True), "created_at", "pk")


def named_in(queue: str) -> tuple[str, ...]:
    """Whom the rows of a queue name, to be read with its tasks; a table more costs each row of the page."""
    return {"asked": ("assignee", "organisation"), "done": ("assignee", "done_by")}.get(queue, ("assignee",))


def _first_page(queue: str) -> Compiled[Task]:
    slots = {name: Slot(name) for name in ("office", "person", "role", "today", "soon")}
    shown = ("title", "address", "dossier", "role", "due_on", "clock", "done_at", "assignee__name", "organisation")
    named = named_in(queue)
    more = [f"{one}__{'short_name' if one == 'organisation' else 'name'}" for one in named]
    rows = in_order(in_queue(queue, slots), queue).select_related(*named).only(*shown, *more)
    return Compiled(lambda: rows[:PAGE])


FIRST_PAGES = {queue: _first_page(queue) for queue in QUEUES}


def first_page(queue: str, asked: Mapping[str, Any]) -> list[Task]:
    """The first page of a queue without filters, as most visits to the desk ask for it; of each what a row tells."""
    return FIRST_PAGES[queue](**asked)


@dataclass
class Row:
    """One task as a list shows it: all in plain words, so that a page of them prints fast."""

    pk: UUID
    title: str
    address: str
    park: str = ""
    number: str = ""
    city: str = ""
    stage: str = ""
    light: str = ""
    left: str = ""
    due: str = ""
    due_iso: str = ""
    paused: bool = False
    hand: str = ""
    hand_note: str = ""
    done: str = ""
    is_mine: bool = False
    filing: UUID | None = None
    task: Task = field(repr=False, default_factory=Task)


class Facts(NamedTuple):
    """What a row tells of the case behind a task."""

    filing: UUID
    park: str
    number: str
    status: str
    city: str
    case: str | None
    kind: str


FACTS = """
SELECT f.dossier, f.id, f.park_name, f.number, f.status, o.short_name, c.status, f.kind
  FROM applications_filing f JOIN accounts_organisation o ON o.id = f.tenant_id
  LEFT JOIN reviews_case c ON c.filing_id = f.id
 WHERE f.dossier = ANY (%s)
"""


def rows(tasks: list[Task], actor: Actor, table: OfficeCalendar) -> list[Row]:
    """The rows of a page: one query for the cases behind them (two where others have them in hand), none per row."""
    dossiers = list({task.dossier for task in tasks})
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [dossiers])
        facts = {row[0]: Facts(*row[1:]) for row in cursor.fetchall()}
    is_outside = any(task.organisation_id != actor.organisation.pk for task in tasks)
    filings = Filing.objects.filter(dossier__in=dossiers).select_related("case") if is_outside else ()
    places = {one.dossier: queries.filing_address(one, actor) for one in filings}
    words, days = _Words(), LeftDays(table)
    return [_row(task, facts.get(task.dossier), places.get(task.dossier, ""), actor, words, days) for task in tasks]


class LeftDays:
    """Working days left until a due date, counted once per day and list."""

    def __init__(self, table: OfficeCalendar) -> None:
        self.table, self.today = table, instants.today()
        self.known = {self.today: 0}
        self.first = self.last = self.today

    def until(self, due_on: dt.date) -> int:
        """0 on the day itself, negative when it is over."""
        while self.last < due_on:
            self.last += instants.ONE_DAY
            before = self.known[self.last - instants.ONE_DAY]
            self.known[self.last] = before + self.table.is_workday(self.last)
        while self.first > due_on:
            after = self.known[self.first]
            self.known[self.first - instants.ONE_DAY] = after - self.table.is_workday(self.first)
            self.first -= instants.ONE_DAY
        return self.known[due_on]


class _Words:
    """The words of a list, translated once."""

    def __init__(self) -> None:
        self.today, self.late, self.left = _("今天到期"), _("逾期 %s 个工作日"), _("剩 %s 个工作日")
        self.over, self.paused = _("已过期限"), _("暂停计时")
        self.roles = {str(value): str(label) for value, label in PostRole.choices}
        self.stages: dict[tuple[str, str, str], str] = {}
        self.days: dict[dt.date, str] = {}
        self.yours = _("您的岗位")

    def day(self, day: dt.date) -> str:
        if day not in self.days:
            self.days[day] = date_format(day)
        return self.days[day]

    def until(self, light: str, left: int, *, is_today: bool) -> str:
        """What is left; over a weekend a due date is past without a working day late."""
        if is_today:
            return self.today
        return self.left % left if light != "late" else self.late % -left if left else self.over

    def stage(self, status: str, case: str | None, kind: str) -> str:
        key = (status, case or "", kind)
        if key not in self.stages:
            filing = Filing(status=status, kind=kind)
            told = queries.stage_of(filing, Case(status=case, filing=filing) if case else None)
            self.stages[key] = str(told["text"])
        return self.stages[key]


def _row(task: Task, facts: Facts | None, place: str, actor: Actor, words: _Words, days: LeftDays) -> Row:
    outside = task.organisation_id != actor.organisation.pk
    row = Row(task.pk, task.title, task.address, task=task)
    row.is_mine = not outside and task.role == actor.role and task.assignee_id in {None, actor.person.pk}
    if facts is not None:
        row.park, row.number, row.filing = facts.park, facts.number, facts.filing
        row.city, row.stage = facts.city, words.stage(facts.status, facts.case, facts.kind)
    if outside:
        row.hand, row.address = task.organisation.short_name, place
    else:
        row.hand = task.assignee.name if task.assignee_id and task.assignee else words.roles[task.role]
        row.hand_note = words.roles[task.role] if task.assignee_id else words.yours if row.is_mine else ""
    if task.done_at:
        row.done, row.light = date_format(timezone.localtime(task.done_at), "DATETIME_FORMAT"), "done"
        row.hand, row.hand_note = (task.done_by.name if task.done_by else "—"), ""
    elif task.due_on:
        left = days.until(task.due_on)
        row.due, row.due_iso = words.day(task.due_on), task.due_on.isoformat()
        row.light = "late" if task.due_on < days.today else "soon" if left <= SOON_DAYS else "ok"
        row.left = words.until(row.light, left, is_today=task.due_on == days.today)
    elif task.clock_id is not None:
        # A period that stands still takes the day from its tasks; they keep the clock.
        row.paused, row.left = True, words.paused
    return row
