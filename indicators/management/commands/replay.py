"""`replay RUN`: computes a stored run anew from its stored facts and clause text; exit 1 on any difference."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.scope import system
from indicators.models import Run
from indicators.services import replaying

UNUSABLE = 2


class Command(BaseCommand):
    """Standard output says whether it is the same, and every difference; the stored run stays as it is."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("按保存的事实、条款文本和指标体系重算一次测算，有任何差异时以 1 结束")
        parser.add_argument("run", metavar="RUN", help=_("测算编号"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = UUID(options["run"])
        except ValueError as error:
            raise CommandError(_("测算编号应为 UUID：%s") % options["run"], returncode=UNUSABLE) from error
        with system():
            run = Run.objects.filter(pk=key).first()
            if run is None:
                raise CommandError(_("没有这次测算：%s") % key, returncode=UNUSABLE)
            try:
                differences = replaying.differences(run)
            except replaying.Unreplayable as error:
                raise CommandError(
                    _("不能重算，缺少结果、条款文本或指标体系：%s") % error, returncode=UNUSABLE
                ) from error
        answer = {"run": str(run.pk), "result_hash": run.result_hash, "same": not differences}
        self.stdout.write(json.dumps({**answer, "differences": differences}, ensure_ascii=False, indent=2))
        if differences:
            sys.exit(1)
