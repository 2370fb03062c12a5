"""What the commands `composite` and `uncertainty` share: their options, reading files, giving the answer."""

import math
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _

from policy.composite import aggregate, hierarchy, normalise, panel, pipeline, prepare, tables, treat, weights
from policy.composite.errors import CompositeError
from policy.composite.pipeline import Index, Options

UNUSABLE = 2


@dataclass(frozen=True)
class Source:
    """The bytes of the two files, kept so that a run can be stored with its input."""

    data: bytes
    meta: bytes


def add_options(parser: ArgumentParser, required: bool = True) -> None:
    """The options that say what an index is built from and how."""
    parser.add_argument(
        "--data", metavar="FILE", required=required, help=_("数据（CSV）：unit、可选 group，再是各指标和分母")
    )
    parser.add_argument(
        "--meta", metavar="FILE", required=required, help=_("指标体系（CSV）：code、level、parent、weight、direction")
    )
    parser.add_argument(
        "--base",
        metavar="FILE",
        nargs="+",
        action="extend",
        default=[],
        help=_("基期数据（CSV）：按这些期的最小值和最大值固定上下限，各年得分可比"),
    )
    parser.add_argument("--normalise", choices=normalise.METHODS, default="minmax", help=_("无量纲化方法"))
    parser.add_argument("--aggregate", choices=aggregate.METHODS, default="arithmetic", help=_("合成方法"))
    parser.add_argument(
        "--aggregate-level",
        metavar="LEVEL=METHOD",
        nargs="+",
        action="extend",
        default=[],
        help=_("单独指定某一级次的合成方法"),
    )
    parser.add_argument("--impute", choices=prepare.IMPUTATIONS, default="none", help=_("插补方法"))
    parser.add_argument("--treat", choices=treat.TREATMENTS, default="none", help=_("异常值处理"))
    parser.add_argument("--available", default="0.66", help=_("参加排名所需的指标比例，默认 0.66"))
    parser.add_argument("--weighting", choices=tuple(weights.CHOOSERS), default="given", help=_("权重从何而来"))
    parser.add_argument("--out", metavar="FILE", help=_("结果写入该文件，而不是标准输出"))


def build(options: Mapping[str, Any]) -> tuple[Index, Source]:
    """Read both files and build the index. Raises CommandError with 2 for unusable input."""
    source = Source(content(options["data"]), content(options["meta"]))
    try:
        source = on_base(source, options)
        tree = hierarchy.read(source.meta, Path(options["meta"]).name)
        table = tables.read(source.data, Path(options["data"]).name, tree.columns)
        return pipeline.build(table, tree, settings(options)), source
    except CompositeError as error:
        raise unusable(error) from error


def on_base(source: Source, options: Mapping[str, Any]) -> Source:
    """The input with the goalposts of the base periods in its meta file. Raises CompositeError."""
    if not options["base"]:
        return source
    name = Path(options["meta"]).name
    tree = hierarchy.read(source.meta, name)
    base = [tables.read(content(path), Path(path).name, tree.columns) for path in options["base"]]
    return replace(source, meta=panel.write_posts(source.meta, name, panel.posts_of(base, tree, settings(options))))


def settings(options: Mapping[str, Any]) -> Options:
    """The options of the command line as the engine's. Raises CompositeError."""
    levels = {}
    for text in options["aggregate_level"]:
        level, sign, method = text.partition("=")
        if not (sign and level.isascii() and level.isdigit()):
            raise CompositeError(f"选项 --aggregate-level：{text!r} 应写作 级次=方法，例如 3=geometric")
        levels[int(level)] = method
    return Options(
        normalise=options["normalise"],
        aggregate=options["aggregate"],
        impute=options["impute"],
        treat=options["treat"],
        available=Fraction(tables.number(str(options["available"]), "选项 --available")),
        weights=options["weighting"],
        levels=levels,
    )


def content(path: str) -> bytes:
    """The bytes of a file. Raises CommandError with 2."""
    try:
        return Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise unusable(_("无法读取 %(path)s：%(error)s") % {"path": path, "error": error}) from error


def answer(text: str, out: str | None, stdout: OutputWrapper) -> None:
    """Give the answer on standard output, or in the file that was asked for."""
    if out is None:
        stdout.write(text, ending="")
        return
    try:
        Path(out).write_bytes(text.encode())
    except (OSError, ValueError) as error:
        raise unusable(_("无法写入 %(path)s：%(error)s") % {"path": out, "error": error}) from error


def remarks(index: Index) -> list[str]:
    """What a person should know about the run, for standard error."""
    unranked = [unit for unit, rank in zip(index.units, index.ranks, strict=True) if rank is None]
    said = [
        _("%(units)d 个评价对象，%(ranked)d 个参加排名")
        % {"units": len(index.units), "ranked": len(index.units) - len(unranked)}
    ]
    if unranked:
        said.append(_("数据不足，不参加排名：%s") % "、".join(unranked))
    for column, node in enumerate(index.tree.indicators):
        if all(math.isnan(score) for score in index.normalised[:, column]):
            said.append(_("指标 %s 没有数据或没有差异，未计入，其权重由同级分担") % node.code)
    return said


def unusable(reason: object) -> CommandError:
    return CommandError(str(reason), returncode=UNUSABLE)
