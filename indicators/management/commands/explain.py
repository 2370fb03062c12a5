"""`explain SUBJECT YEAR`: one subject's findings as a person reads them, with the source of each figure."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.scope import system
from indicators.services import explaining
from policy.facts import FactsError

UNUSABLE = 2


class Command(BaseCommand):
    """Standard output is the explanation alone; a subject of which nothing is known ends with 2."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("以文字说明一个对象一个年度的逐条结果：条款、算式、数据及来源")
        parser.add_argument("subject", metavar="SUBJECT", help=_("园区代码、市县行政区划代码或 330000"))
        parser.add_argument("year", metavar="YEAR", type=int, help=_("评价年度"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if not dt.MINYEAR <= options["year"] <= dt.MAXYEAR:
                raise LookupError(options["year"])
            with system():
                text = explaining.explain(options["subject"], options["year"])
        except LookupError as error:
            said = {"subject": options["subject"], "year": options["year"]}
            raise CommandError(_("没有 %(subject)s %(year)d 年的数据或结果") % said, returncode=UNUSABLE) from error
        except FactsError as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        self.stdout.write(text)
