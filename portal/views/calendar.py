"""The working calendar (工作日历): a year to look at; its keeper changes days and enters years, with a preview."""

from __future__ import annotations

import calendar as months
import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.requests import ActorRequest
from workflow import calendar_lines, calendars, deadlines, instants
from workflow.calendar_lines import Line, Problem
from workflow.clocks import kind_of
from workflow.deadlines import SHIPPED, OfficeCalendar
from workflow.machine import Refused
from workflow.models import CalendarChange, CalendarYear

FIRST, SPAN, SHOWN_MOVES, SHOWN_CHANGES = min(SHIPPED), 5, 200, 30
LARGEST = 100_000
SOURCE = gettext_lazy("国务院办公厅通知的名称和文号，如“国办发明电〔2026〕7号”。")


class DayForm(forms.Form):
    """One day that changes."""

    day = forms.DateField(label=gettext_lazy("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    kind = forms.ChoiceField(
        label=gettext_lazy("安排"),
        choices=[("off", gettext_lazy("休息")), ("on", gettext_lazy("上班"))],
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label=gettext_lazy("节日（选填）"), required=False, max_length=40,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    source = forms.CharField(label=gettext_lazy("依据"), help_text=SOURCE, max_length=120)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year

    def clean_day(self) -> dt.date:
        """The page is about one year."""
        day: dt.date = self.cleaned_data["day"]
        if day.year != self.year:
            raise forms.ValidationError(_("日期应在 %(year)d 年内。") % {"year": self.year})
        return day


class YearForm(forms.Form):
    """A whole year, pasted or as a file."""

    lines = forms.CharField(
        label=gettext_lazy("节假日和调休上班日"),
        help_text=gettext_lazy(
            "每行一天或一段：日期，休或班，节日。如“2027-02-05 至 2027-02-11，休，春节”“2027-02-20，班，春节”。"
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        max_length=LARGEST,
    )
    file = forms.FileField(
        label=gettext_lazy("或者上传 CSV 文件（选填）"),
        help_text=gettext_lazy("UTF-8 编码，列为日期、安排、节日；选了文件就以文件为准。"),
        required=False,
    )
    source = forms.CharField(label=gettext_lazy("依据"), help_text=SOURCE, max_length=120)

    def __init__(self, *args: Any, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.year = year
        self.problems: list[Problem] = []
        self.read: list[Line] = []
        self.text = ""

    def clean(self) -> dict[str, Any]:
        """All lines are right, or `problems` says which are not."""
        data: dict[str, Any] = super().clean() or {}
        self.text = data.get("lines") or ""
        if sent := data.get("file"):
            if sent.size > LARGEST:
                raise forms.ValidationError(_("文件太大，一年的安排不会超过 100 KB。"))
            try:
                self.text = sent.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("文件不是 UTF-8 编码，请另存为“CSV UTF-8”后再上传。")) from None
        self.read, self.problems = calendar_lines.read(self.text, self.year)
        if self.problems:
            self.add_error("lines", _("有 %(n)d 行不能录入，见下表。") % {"n": len(self.problems)})
        return data


@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: ActorRequest, year: int | None = None) -> HttpResponse:
    """A year of the calendar; a POST of its keeper previews or applies a change."""
    year = year or instants.today().year
    if not FIRST <= year <= instants.today().year + SPAN:
        raise Http404
    keeper = calendars.is_keeper(request.actor)
    if request.method == "POST":
        if not keeper:
            raise Http404
        return _change(request, year)
    return render(request, "portal/calendar.html", _context(year, keeper, keeper or request.actor.is_lead))


def _change(request: ActorRequest, year: int) -> HttpResponse:
    """The preview says what would move; the second POST, with the same content, does it."""
    whole = request.POST.get("act") == "year"
    form = (YearForm if whole else DayForm)(request.POST, request.FILES or None, year=year)
    more: dict[str, Any] = {"year_form" if whole else "day_form": form}
    if form.is_valid():
        if request.POST.get("step") == "apply":
            try:
                _apply(form, year, request)
            except Refused as refusal:
                for reason in refusal.reasons:
                    form.add_error(None, reason)
            else:
                messages.success(request, _("日历已更改，有关期限正在重新计算，有变化的单位会收到通知。"))
                return redirect("portal:calendar_year", year)
        else:
            more["preview"] = _preview(form, year)
    status = 200 if "preview" in more else 422
    return render(request, "portal/calendar.html", _context(year, True) | more, status=status)


def _apply(form: DayForm | YearForm, year: int, request: ActorRequest) -> None:
    source = form.cleaned_data["source"]
    if isinstance(form, YearForm):
        calendars.enter_year(year, form.read, source, request.actor)
    else:
        data = form.cleaned_data
        calendars.change_day(data["day"], data["kind"] == "on", data["name"], source, request.actor)


def _preview(form: DayForm | YearForm, year: int) -> dict[str, Any]:
    table = deadlines.calendar()
    if isinstance(form, YearForm):
        after = calendars.with_year(table, year, form.read)
        changed = [day for day in _days(year) if table.is_workday(day) != after.is_workday(day)]
        hidden = {"act": "year", "lines": form.text}
        missing = calendar_lines.missing_fixed(form.read, year)
    else:
        data = form.cleaned_data
        after = calendars.with_days(table, {data["day"]: (data["kind"] == "on", data["name"])})
        changed, missing = [data["day"]], []
        hidden = {"act": "day", "day": data["day"].isoformat(), "kind": data["kind"], "name": data["name"]}
    found = calendars.moves(after, changed) if changed else []
    rows = [
        (move.clock.organisation.short_name, kind_of(move.clock).label, move.before, move.after)
        for move in found[:SHOWN_MOVES]
    ]
    return {
        "hidden": [*hidden.items(), ("source", form.cleaned_data["source"]), ("step", "apply")],
        "days": [(day, after.is_workday(day), after.reason(day)) for day in changed],
        "missing": missing,
        "moves": rows,
        "count": len(found),
        "source": form.cleaned_data["source"],
    }


def _days(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range(366) if (first + dt.timedelta(days=n)).year == year]


def _context(year: int, keeper: bool, told: bool = True) -> dict[str, Any]:
    table, today = deadlines.calendar(), instants.today()
    context: dict[str, Any] = {
        "year": year,
        "before": year - 1 if year > FIRST else None,
        "after": year + 1 if year < today.year + SPAN else None,
        "keeper": keeper,
        "months": [_month(year, number, table, today) for number in range(1, 13)],
        "off": [(day, table.reason(day)) for day in _days(year) if day.weekday() < 5 and not table.is_workday(day)],
        "made_up": [(day, table.reason(day)) for day in _days(year) if day.weekday() >= 5 and table.is_workday(day)],
        "provisional": table.is_provisional(year),
        "entered": CalendarYear.objects.filter(year=year).select_related("entered_by").first(),
        "changes": _changes(year),
        "warnings": calendars.warnings() if told else [],
    }
    if keeper:
        context |= {"day_form": DayForm(year=year), "year_form": YearForm(year=year)}
    return context


def _changes(year: int) -> list[CalendarChange]:
    rows = CalendarChange.objects.filter(year=year).select_related("person", "organisation")
    return list(rows[:SHOWN_CHANGES])


def _month(year: int, number: int, table: OfficeCalendar, today: dt.date) -> dict[str, Any]:
    """A month as weeks from Monday on; each day with what it is and why."""
    weeks = [
        [
            {
                "day": day,
                "worked": table.is_workday(day),
                "marked": table.is_workday(day) != (day.weekday() < 5),
                "why": table.reason(day),
                "today": day == today,
            }
            if day.month == number
            else None
            for day in week
        ]
        for week in months.Calendar().monthdatescalendar(year, number)
    ]
    return {"first": dt.date(year, number, 1), "weeks": weeks}
