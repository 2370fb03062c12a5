"""Prints the due date a number of Chinese working days after a date."""

from __future__ import annotations

from datetime import date
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from workflow.workdays import CalendarEnds, Pause, StateCalendar, Unusable, add_workdays

UNUSABLE = 2


class Command(BaseCommand):
    """`due --from DATE --days N [--pause FROM TO …]`: exit 0 and the date, or 2 and the reason."""

    help = "按法定工作日推算到期日：起始日的次日为第一日；暂停期间（含首尾两日）不计。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="start", required=True, metavar="DATE", help="起始日，如 2013-02-07")
        parser.add_argument("--days", required=True, metavar="N", help="工作日数，0 表示起始日当天")
        parser.add_argument(
            "--pause", nargs=2, action="append", default=[], metavar=("FROM", "TO"), help="暂停期间，可重复"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            start = _date(options["start"])
            pauses: list[Pause] = [(_date(first), _date(last)) for first, last in options["pause"]]
            due = add_workdays(start, _count(options["days"]), StateCalendar(), pauses)
        except (Unusable, CalendarEnds) as refusal:
            _refuse(refusal)
        if options["verbosity"] > 1:
            for step in due.path:
                mark = "+" if step.counted else "-"
                self.stderr.write(f"{step.day.isoformat()} {mark} {step.why}")
        self.stdout.write(due.date.isoformat())


def _refuse(refusal: Exception) -> NoReturn:
    raise CommandError(str(refusal), returncode=UNUSABLE) from refusal


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unusable(_("日期“%(text)s”无法识别，请写成 2013-02-07 的形式。") % {"text": text}) from None


def _count(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unusable(_("工作日数“%(text)s”不是整数。") % {"text": text}) from None
