"""`uncertainty --data FILE --meta FILE --draws N --seed S`: rank intervals of an index by Monte-Carlo; no database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from indicators.management import composite_input
from policy.composite import draws, records, sensitivity
from policy.composite.errors import CompositeError
from policy.composite.pipeline import table_text

COLUMNS = ("unit", "rank", "median", "p05", "p95", "mean")


class Command(BaseCommand):
    """Standard output is the answer alone; unusable input ends with 2 and its reason on standard error."""

    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("随机改变权重和无量纲化方法，给出每个对象的排名区间（CSV）；不使用数据库")
        composite_input.add_options(parser)
        parser.add_argument("--draws", metavar="N", type=int, required=True, help=_("抽样次数"))
        parser.add_argument("--seed", metavar="S", type=int, required=True, help=_("随机种子，相同则结果相同"))
        parser.add_argument("--weights", default="0.2", help=_("权重变动的比例，默认 0.2，即乘以 0.8 至 1.2"))
        parser.add_argument("--sensitivity", metavar="FILE", help=_("另将各权重和方法对排名的一阶与总灵敏度写入该文件"))

    def handle(self, *args: Any, **options: Any) -> None:
        index, _source = composite_input.build(options)
        try:
            share = draws.read_share(str(options["weights"]))
            found = draws.intervals(index, options["draws"], options["seed"], share)
            effects = (
                sensitivity.rank_effects(index, options["draws"], options["seed"], share)
                if options["sensitivity"]
                else []
            )
        except CompositeError as error:
            raise composite_input.unusable(error) from error
        if options["sensitivity"]:
            composite_input.answer(records.effects_text(effects), options["sensitivity"], self.stdout)
        lines = [tuple(getattr(interval, column) for column in COLUMNS) for interval in found]
        composite_input.answer(table_text(COLUMNS, lines), options["out"], self.stdout)
        for remark in composite_input.remarks(index):
            self.stderr.write(remark)
