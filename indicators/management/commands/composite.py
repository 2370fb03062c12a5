"""`composite --data FILE --meta FILE`: builds a composite index from any data; no database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from indicators.management import composite_input
from policy.composite import records
from policy.composite.errors import CompositeError

DIFFERENT = 1


class Command(BaseCommand):
    """Standard output is the answer alone; unusable input ends with 2 and its reason on standard error."""

    requires_system_checks = ()
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.description = _("由任意数据合成综合指数，输出各级得分和排名（CSV，不四舍五入）；不使用数据库")
        composite_input.add_options(parser, required=False)
        parser.add_argument("--stages", metavar="DIR", help=_("把每一步的输入、参数、结果和分析表存入该文件夹"))
        parser.add_argument("--replay", metavar="DIR", help=_("重算存下的一次计算，逐步核对；有差异时以 1 结束"))

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"]:
            self._replay(Path(options["replay"]))
            return
        for name in ("data", "meta"):
            if not options[name]:
                raise composite_input.unusable(_("缺少 --%s FILE") % name)
        index, source = composite_input.build(options)
        if options["stages"]:
            try:
                records.write(index, source.data, source.meta, Path(options["stages"]))
            except (OSError, ValueError) as error:
                raise composite_input.unusable(
                    _("无法写入 %(path)s：%(error)s") % {"path": options["stages"], "error": error}
                ) from error
        composite_input.answer(index.text, options["out"], self.stdout)
        for remark in composite_input.remarks(index):
            self.stderr.write(remark)

    def _replay(self, folder: Path) -> None:
        try:
            differing = records.replay(folder)
        except CompositeError as error:
            raise composite_input.unusable(error) from error
        if differing:
            raise CommandError("\n".join(differing), returncode=DIFFERENT)
        self.stdout.write(_("重算一致"))
