"""`judge SET --facts FILE`: applies a clause set to facts and prints the findings as JSON; no database."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from policy import clauses, facts, parameters
from policy.judge import Assessment, judge
from policy.outcomes import Audience
from policy.yamlfile import DataError

UNUSABLE = 2


class Command(BaseCommand):
    """Standard output is the answer alone; unusable input ends with 2 and its reason on standard error."""

    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("按条款集评判事实，以 JSON 输出逐条结论；不使用数据库")
        parser.add_argument("set", metavar="SET", help=_("条款集：%s") % "、".join(clauses.names()))
        parser.add_argument("--facts", metavar="FILE", required=True, help=_("事实文件（JSON）：一个对象或列表"))
        parser.add_argument("--on", metavar="DATE", help=_("按哪一天的阈值评判，默认为当年 12 月 31 日"))
        parser.add_argument(
            "--param",
            metavar="NAME=VALUE",
            nargs="+",
            action="extend",
            default=[],
            help=_("口径参数：%s") % "、".join(parameters.CATALOGUE),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            given, listed = facts.read(_content(options["facts"]))
            clause_set = clauses.load(options["set"])
            params = parameters.parse(options["param"])
            on = _day(options["on"])
            parameters.Settings(params)
            assessments = [judge(clause_set, item, on, params, Audience.CONTRACT) for item in given]
        except (facts.FactsError, parameters.ParameterError, DataError) as error:
            raise CommandError(str(error), returncode=UNUSABLE) from error
        for item in given:
            self._note_idle_decisions(clause_set, item)
        self.stdout.write(self._answer(assessments, listed))

    def _note_idle_decisions(self, clause_set: clauses.ClauseSet, item: facts.Facts) -> None:
        """A ruling on a clause of another set is no fault, since one file may serve several sets."""
        known = {clause.id for clause in clause_set.of(Audience.CONTRACT)}
        for clause in item.decisions:
            if clause not in known:
                self.stderr.write(
                    _("%(subject)s：裁定所指条款 %(clause)s 不在 %(set)s 中，未使用")
                    % {"subject": item.subject, "clause": clause, "set": clause_set.name}
                )

    def _answer(self, assessments: list[Assessment], listed: bool) -> str:
        """One object is laid out to be read; a list has one subject on each line, which is written much faster."""
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        escaped = not encoding.lower().startswith("utf")
        if not listed:
            return json.dumps(assessments[0].as_json(), ensure_ascii=escaped, indent=2)
        lines = (json.dumps(assessment.as_json(), ensure_ascii=escaped) for assessment in assessments)
        return "[\n" + ",\n".join(lines) + "\n]"


def _content(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise CommandError(
            _("无法读取 %(path)s：%(error)s") % {"path": path, "error": error}, returncode=UNUSABLE
        ) from error


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise CommandError(_("--on 应为日期 年-月-日，不是 %s") % text, returncode=UNUSABLE)
    return day
