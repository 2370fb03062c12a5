"""A year's affairs: returns of figures, the runs of a year, and what one run found of one park."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from indicators import tables
from indicators.enums import SubjectKind
from indicators.models import Assessment, ClauseText, Figure, Finding, Return, Run, Verification
from indicators.views.returns import sees_entries
from portal.exports.affairs import AffairKind, Attached, Sheet, Text, nothing, register
from portal.exports.archive import safe_name
from portal.exports.words import moment, told
from registry.models import Park
from workflow.ledger import recorded

YES = recorded("是")
FOUND = ["条款", "要求", "结果", "实际值", "要求值", "单位", "算式", "说明", "依据裁定", "所用数据", "条款原文"]


# -- Returns of figures (年度统计报表) --------------------------------------------------------------
def _returns(actor: Actor) -> QuerySet[Return]:
    return Return.objects.select_related("tenant", "reporter", "county")


def _returns_of(rows: QuerySet[Return], park: Park) -> QuerySet[Return]:
    return rows.filter(kind=SubjectKind.PARK, subject=park.slug).order_by("year", "pk")


def _return_title(report: Return) -> str:
    return recorded("%s %d 年度统计报表") % (report.name, report.year)


def _return_facts(report: Return) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("对象"), report.name),
            (recorded("对象类别"), report.get_kind_display()),
            (recorded("年度"), report.year),
            (recorded("状态"), report.get_status_display()),
            (recorded("所属政府"), report.tenant.name),
            (recorded("填报单位"), report.reporter.name if report.reporter else ""),
            (recorded("审核区县"), report.county.name if report.county else ""),
            (recorded("报送时间"), moment(report.submitted_at)),
            (recorded("锁定时间"), moment(report.locked_at)),
        ]
    )


def _return_sheets(report: Return, actor: Actor) -> Iterator[Sheet]:
    rows = tables.rows_of(report, entries=sees_entries(actor, report))
    head = ["指标", "代码", "单位", "上年", "填报", "报送", "核定", "部门意见", "来源", "口径说明", "异常说明"]
    yield Sheet(recorded("报表"), head, [_figure(row) for row in rows])
    names = {row.code: row.label for row in rows}
    vintages = Figure.objects.filter(report=report).select_related("department", "recorded_by")
    kept = [
        [names.get(one.code, one.code), one.code, one.vintage, one.get_level_display(), one.value,
         one.department.name if one.department else "", one.source, one.note, one.reason,
         one.recorded_by.name if one.recorded_by else "", moment(one.recorded_at)]
        for one in vintages.order_by("code", "vintage")
    ]  # fmt: skip
    if kept:
        head = ["指标", "代码", "版次", "数据层级", "数值", "部门", "来源", "口径说明", "改动理由", "记录人", "时间"]
        yield Sheet(recorded("各版数据"), head, kept, long=True)
    said = Verification.objects.filter(report=report).select_related("tenant").order_by("code", "said_at")
    if verified := [
        [names.get(one.code, one.code), one.code, one.tenant.name, one.reported, one.get_outcome_display(),
         one.own_value, one.source, one.reason, moment(one.said_at)]
        for one in said
    ]:  # fmt: skip
        head = ["指标", "代码", "部门", "填报数", "核定意见", "本部门数据", "来源", "理由", "时间"]
        yield Sheet(recorded("部门核定"), head, verified, long=True)


def _figure(row: tables.Row) -> list[Any]:
    entry, reported = row.entry, row.reported
    stands = entry or reported or row.final
    written = (recorded("未知") if entry.unknown else entry.value) if entry else ""
    return [
        row.label, row.code, row.unit, row.last.value if row.last else "", written,
        reported.value if reported else "", row.final.value if row.final else "",
        row.said.get_outcome_display() if row.said else "", stands.source if stands else "",
        stands.note if stands else "", row.why,
    ]  # fmt: skip


# -- Runs of a year (年度测算) -----------------------------------------------------------------------
def _runs(actor: Actor) -> QuerySet[Run]:
    rows = Run.objects.select_related("asked_by", "proposed_by", "released_by", "paper")
    return rows if actor.is_lead else rows.none()


def _run_title(run: Run) -> str:
    return recorded("%d 年度%s第%d次测算") % (run.year, run.get_programme_display(), run.number)


def _run_facts(run: Run) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("事项"), run.get_programme_display()),
            (recorded("年度"), run.year),
            (recorded("次数"), run.number),
            (recorded("试算"), YES if run.dry else ""),
            (recorded("状态"), run.get_status_display()),
            (recorded("测算编号"), run.pk),
            (recorded("输入摘要"), run.input_hash),
            (recorded("结果摘要"), run.result_hash),
            (recorded("程序版本"), run.code_version),
            (recorded("完成时间"), moment(run.finished_at)),
            (recorded("提请发布"), run.proposed_by.name if run.proposed_by else ""),
            (recorded("发布"), run.released_by.name if run.released_by else ""),
            (recorded("发布时间"), moment(run.released_at)),
            (recorded("公文"), run.paper.number if run.paper else ""),
        ]
    )


def _run_sheets(run: Run, actor: Actor) -> Iterator[Sheet]:
    yield Sheet(recorded("口径参数"), ["参数", "取值"], sorted(run.params.items()))
    yield Sheet(recorded("条款集"), ["条款集", "摘要"], sorted(run.clause_sets.items()))
    yield Sheet(recorded("指标体系"), ["名单", "版本"], sorted(run.index_versions.items()))
    results = (
        [one.get_list_display(), one.rank, one.ranked, one.rank_low, one.rank_high, one.subject, one.name, one.score,
         one.get_verdict_display(), YES if one.final else ""]
        for one in run.assessments.order_by("list", "rank", "subject").defer("facts").iterator()
    )  # fmt: skip
    head = ["名单", "位次", "参加排序数", "位次下限", "位次上限", "代码", "名称", "综合得分", "结论", "已发布"]
    yield Sheet(recorded("结果"), head, results, long=True)
    scored = run.assessments.exclude(reviews={}).order_by("list", "subject").values_list("subject", "name", "reviews")
    means = ([code, name, part, one["score"]] for code, name, given in scored for part, one in sorted(given.items()))
    yield Sheet(recorded("定性评分"), ["代码", "名称", "指标", "平均得分"], means, long=True)
    findings = Finding.objects.filter(assessment__run=run).select_related("assessment").defer("assessment__facts")
    ordered = findings.order_by("assessment__list", "assessment__subject", "place")
    rows = ([one.assessment.subject, one.assessment.name, *_finding(one)] for one in ordered.iterator())
    yield Sheet(recorded("逐条结果"), ["代码", "名称", *FOUND], rows, long=True)


def _run_texts(run: Run, actor: Actor) -> Iterator[Text]:
    """The clause texts that it was judged by, so that it can be judged again."""
    for kept in ClauseText.objects.filter(digest__in=list(run.clause_sets.values())).order_by("name"):
        yield Text(recorded("条款文本 %s") % kept.name, f"条款文本/{safe_name(kept.name)}.yaml", kept.text)


# -- One park's year in a run (年度评价) -------------------------------------------------------------
def _assessments(actor: Actor) -> QuerySet[Assessment]:
    return Assessment.objects.select_related("run__paper", "tenant", "reporter")


def _assessments_of(rows: QuerySet[Assessment], park: Park) -> QuerySet[Assessment]:
    return rows.filter(subject=park.slug, run__dry=False).order_by("year", "run__number", "pk")


def _assessment_title(one: Assessment) -> str:
    return recorded("%s %d 年度评价（第%d次测算）") % (one.name, one.year, one.run.number)


def _assessment_facts(one: Assessment) -> list[tuple[str, Any]]:
    paper = one.run.paper
    return told(
        [
            (recorded("对象"), one.name),
            (recorded("年度"), one.year),
            (recorded("名单"), one.get_list_display()),
            (recorded("结论"), one.get_verdict_display()),
            (recorded("综合得分"), one.score),
            (recorded("位次"), f"{one.rank} / {one.ranked}" if one.rank else ""),
            (recorded("位次区间"), f"{one.rank_low} – {one.rank_high}" if one.rank_low else ""),
            (recorded("已发布"), YES if one.final else recorded("尚未发布，不是最终结果")),
            (recorded("公文"), paper.number if paper and one.final else ""),
            (recorded("条款集"), f"{one.clause_set} {one.digest}".strip()),
        ]
    )


def _assessment_sheets(one: Assessment, actor: Actor) -> Iterator[Sheet]:
    yield Sheet(recorded("逐条结果"), FOUND, [_finding(row) for row in one.findings.order_by("place")])


def _finding(row: Finding) -> list[Any]:
    figures = [f"{used.get('code', '')}={used.get('value', '')}" for used in row.figures if isinstance(used, dict)]
    return [
        row.clause, row.label, row.get_outcome_display(), row.shown, row.threshold, row.unit, row.formula,
        row.reason, YES if row.decided else "", "；".join(figures), row.quote,
    ]  # fmt: skip


def _no_files(row: Any, actor: Actor) -> Iterator[Attached]:
    return nothing(row, actor)


register(AffairKind("return", _("年度统计报表"), _returns, _returns_of, _return_title, _return_facts, _return_sheets))
register(
    AffairKind(
        "assessment", _("年度评价"), _assessments, _assessments_of, _assessment_title, _assessment_facts,
        _assessment_sheets, files=_no_files,
        address=lambda one, actor: reverse("indicators:assessment", args=[one.pk]),
    )
)  # fmt: skip
register(AffairKind("run", _("年度测算"), _runs, None, _run_title, _run_facts, _run_sheets, _run_texts))
