"""`assess --programme park|city --year YYYY [--dry-run]`: judges and scores one year; what it gives are proposals."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.scope import system
from indicators import tasks
from indicators.enums import Programme, RunStatus
from indicators.models import Run
from indicators.services import replaying, running
from workflow.machine import Refused

UNUSABLE = 2
PAUSE = 1.0


class Command(BaseCommand):
    """Standard output is the run with all findings as JSON; the same input gives the same run, also a second time."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("测算一个年度：逐条判定、计分、排序，只作提请，不发布")
        parser.add_argument("--programme", required=True, choices=Programme.values, help=_("事项"))
        parser.add_argument("--year", required=True, type=int, metavar="YYYY", help=_("评价年度"))
        parser.add_argument("--dry-run", action="store_true", help=_("只测算，什么都不写入"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            answer = self._dry(options) if options["dry_run"] else self._real(options)
        except Refused as refused:
            raise CommandError("；".join(refused.reasons), returncode=UNUSABLE) from refused
        except Organisation.DoesNotExist as error:
            raise CommandError(_("还没有登记省科技厅，不能测算。"), returncode=UNUSABLE) from error
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))

    def _dry(self, options: dict[str, Any]) -> dict[str, Any]:
        with system(), transaction.atomic():
            run = running.start_run(options["programme"], options["year"], None, dry=True)
            kept = run.status not in running.UNDER_WAY
            run = running.compute(run)
            answer = self._answer(run) | ({} if kept else {"run": None, "number": None})
            transaction.set_rollback(True)
        return answer

    def _real(self, options: dict[str, Any]) -> dict[str, Any]:
        with system():
            run = running.start_run(options["programme"], options["year"], None)
        while run.status in running.UNDER_WAY:
            # Where the worker has it in hand already, its result is waited for.
            if not tasks.compute_run(run.pk):
                time.sleep(PAUSE)
            with system():
                run = Run.objects.get(pk=run.pk)
        with system():
            return self._answer(run)

    def _answer(self, run: Run) -> dict[str, Any]:
        if run.status == RunStatus.FAILED:
            raise CommandError(run.failure, returncode=UNUSABLE)
        self.stderr.write(_("第 %(number)d 次，%(done)d 个对象") % {"number": run.number, "done": run.done})
        return {
            "run": str(run.pk),
            "programme": run.programme,
            "year": run.year,
            "number": run.number,
            "status": run.status,
            "dry": run.dry,
            "params": run.params,
            "clause_sets": run.clause_sets,
            "index_versions": run.index_versions,
            "code_version": run.code_version,
            "input_hash": run.input_hash,
            "result_hash": run.result_hash,
            "assessments": replaying.stored_result(run),
        }
