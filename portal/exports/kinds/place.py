"""Affairs of cities and counties: rounds of evaluation, reviews of their results, editions of the monitoring report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.models import Upload
from indicators import rules_evaluating
from indicators.enums_monitoring import Passage
from indicators.models import EvaluationContract, EvaluationResult, EvaluationRound, MonitoringReport, RatingSeat
from indicators.rules import oversees
from notifications.models import Paper
from portal.exports.affairs import AffairKind, Attached, Sheet, register
from portal.exports.words import day, moment, told
from reviews.models import CityReview
from reviews.views.city_reviewing import is_authority
from workflow.ledger import in_chinese, recorded

YES = recorded("是")


# -- Rounds of evaluation (第三方测评) ---------------------------------------------------------------
def _rounds(actor: Actor) -> QuerySet[EvaluationRound]:
    rows = EvaluationRound.objects.select_related("tenant", "opened_by", "closed_by")
    return rows if rules_evaluating.sees(actor) else rows.none()


def _round_title(row: EvaluationRound) -> str:
    return recorded("%d 年度第%d轮%s") % (row.year, row.number, in_chinese(row.get_kind_display()))


def _round_facts(row: EvaluationRound) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("类别"), in_chinese(row.get_kind_display())),
            (recorded("数据年度"), row.year),
            (recorded("轮次"), row.number),
            (recorded("状态"), in_chinese(row.get_status_display())),
            (recorded("完成期限"), day(row.due_on)),
            (recorded("发起时间"), moment(row.opened_at)),
            (recorded("结束时间"), moment(row.closed_at)),
        ]
    )


def _round_sheets(row: EvaluationRound, actor: Actor) -> Iterator[Sheet]:
    places = row.places.order_by("list", "place")
    named = [[one.place_id, one.name, in_chinese(one.get_list_display())] for one in places]
    head = ["代码", "名称", "名单"]
    if actor.is_lead or rules_evaluating.is_third_party(actor):
        head += ["有分歧的指标", "评完时间"]
        scored = [["、".join(one.disputed), moment(one.settled_at)] for one in places]
        named = [[*name, *state] for name, state in zip(named, scored, strict=True)]
    yield Sheet(recorded("测评对象"), head, named)
    if contracts := [
        [one.number, one.organisation.name, day(one.signed_on), "、".join(one.places), moment(one.reported_at)]
        for one in EvaluationContract.objects.filter(round=row).select_related("organisation")
    ]:
        head = ["合同编号", "受委托机构", "签订日期", "测评对象", "出具报告时间"]
        yield Sheet(recorded("委托"), head, contracts)
    if seats := _seats(row) if actor.is_lead else []:
        head = ["测评对象", "次序", "机构", "评价人", "声明独立性", "提交时间", "退回理由", "退出原因"]
        yield Sheet(recorded("评价人"), head, seats)
    yield from _results(row.results.all())


def _seats(row: EvaluationRound) -> list[list[Any]]:
    """Who evaluates where: 省科技厅 alone knows the names."""
    rows = RatingSeat.objects.filter(place__round=row).select_related("place", "tenant", "person")
    return [
        [one.place.name if one.place else "", in_chinese(one.get_turn_display()), one.tenant.name, one.person.name,
         moment(one.declared_at), moment(one.handed_at), one.return_reason, one.ended_reason]
        for one in rows.order_by("place__place", "turn", "ended_at")
    ]  # fmt: skip


def _results(results: QuerySet[EvaluationResult]) -> Iterator[Sheet]:
    """What the places reached, with the reasons of scores and without the names of who gave them."""
    found = list(results.order_by("list", "place"))
    if not found:
        return
    rows = [
        [one.place_id, one.name, in_chinese(one.get_list_display()), one.score, moment(one.published_at), one.facts]
        for one in found
    ]
    yield Sheet(recorded("测评结果"), ["代码", "名称", "名单", "得分", "公布时间", "数据摘要"], rows)
    parts = [[one.place_id, one.name, code, score] for one in found for code, score in sorted(one.scores.items())]
    yield Sheet(recorded("分项得分"), ["代码", "名称", "指标", "得分"], parts, long=True)
    rated = [
        [one.place_id, one.name, code, said["score"], "\n".join(said["reasons"])]
        for one in found
        for code, said in sorted(one.reviews.items())
    ]
    yield Sheet(recorded("定性评分"), ["代码", "名称", "指标", "得分", "理由"], rated, long=True)


def _of_contracts(row: EvaluationRound) -> list[UUID]:
    """The dossiers of a round: its own, and those of its contracts, each open to its third party."""
    return [row.dossier, *EvaluationContract.objects.filter(round=row).values_list("dossier", flat=True)]


def _round_files(row: EvaluationRound, actor: Actor) -> Iterator[Attached]:
    """The contracts."""
    rows = Upload.objects.filter(dossier__in=_of_contracts(row)).order_by("uploaded_at", "pk")
    for number, upload in enumerate(rows, 1):
        yield Attached(upload.name, f"{number:02}-{upload.name}", upload, upload.sha256)


# -- Reviews of a round's results (测评结果审核) -----------------------------------------------------
def _reviews(actor: Actor) -> QuerySet[CityReview]:
    rows = CityReview.objects.select_related("round", "tenant", "circular_paper", "report_paper", "decision_paper")
    return rows if is_authority(actor) else rows.none()


def _review_title(row: CityReview) -> str:
    return recorded("%d 年度第%d轮测评结果审核") % (row.year, row.round.number)


def _review_facts(row: CityReview) -> list[tuple[str, Any]]:
    papers = {"通报": row.circular_paper, "请示": row.report_paper, "省政府决定": row.decision_paper}
    return told(
        [
            (recorded("数据年度"), row.year),
            (recorded("状态"), in_chinese(row.get_status_display())),
            (recorded("通报期限"), day(row.due_on)),
            (recorded("认定分数线"), row.mark),
            *((name, paper.number if paper else "") for name, paper in papers.items()),
        ]
    )


def _review_sheets(row: CityReview, actor: Actor) -> Iterator[Sheet]:
    """As on its page: a department finds its own word, whom 省科技厅 nominates is told to it and 省政府."""
    rows = row.opinions.select_related("tenant").order_by("tenant__order")
    if actor.is_department and not actor.is_lead:
        rows = rows.filter(tenant=actor.organisation.pk)
    if said := [
        [one.tenant.name, in_chinese(one.get_stance_display()), one.reason, one.signer_name, moment(one.signed_at),
         day(one.due_on)]
        for one in rows
    ]:  # fmt: skip
        yield Sheet(recorded("部门意见"), ["部门", "意见", "理由", "签发人", "签发时间", "答复期限"], said)
    if not actor.is_department and (
        named := [
            [one.result.place_id, one.result.name, one.result.score, YES if one.reaches else "",
             YES if one.nominated else "", one.reason]
            for one in row.nominations.select_related("result").order_by("result__list", "result__place")
        ]
    ):  # fmt: skip
        head = ["代码", "名称", "得分", "达到认定分数线", "报请认定", "理由"]
        yield Sheet(recorded("报请认定"), head, named)
    yield from _results(row.round.results.all())


# -- The monitoring report (统计监测报告) -----------------------------------------------------------
def _reports(actor: Actor) -> QuerySet[MonitoringReport]:
    rows = MonitoringReport.objects.select_related("tenant", "partner", "run", "paper")
    return rows if oversees(actor) else rows.none()


def _report_title(report: MonitoringReport) -> str:
    return recorded("%d 年度统计监测报告第%d版") % (report.year, report.edition)


def _report_facts(report: MonitoringReport) -> list[tuple[str, Any]]:
    return told(
        [
            (recorded("年度"), report.year),
            (recorded("版次"), report.edition),
            (recorded("状态"), in_chinese(report.get_status_display())),
            (recorded("发布单位"), f"{report.tenant.name}、{report.partner.name}"),
            (recorded("所据测算"), report.run.number),
            (recorded("编制时间"), moment(report.composed_at)),
            (recorded("发布时间"), moment(report.published_at)),
            (recorded("公文"), report.paper.number if report.paper else ""),
            (recorded("内容摘要"), report.digest),
            (recorded("未能编制的原因"), report.failure),
        ]
    )


def _report_sheets(report: MonitoringReport, actor: Actor) -> Iterator[Sheet]:
    labels = {one.value: in_chinese(one.label) for one in Passage}
    if texts := [[labels.get(code, code), text] for code, text in sorted(report.texts.items()) if text]:
        yield Sheet(recorded("撰写的文字"), ["部分", "文字"], texts)
    if kept := [
        [one.number, one.office, one.name, moment(one.at), labels.get(code, code), text]
        for one in report.versions.order_by("number")
        for code, text in sorted(one.texts.items())
    ]:
        head = ["版次", "单位", "修改人", "时间", "部分", "文字"]
        yield Sheet(recorded("文字的历次版本"), head, kept, long=True)
    if signed := [
        [one.tenant.name, one.name, moment(one.signed_at), one.digest, moment(one.dropped_at), one.dropped_reason]
        for one in report.signatures.select_related("tenant").order_by("signed_at")
    ]:
        head = ["单位", "签发人", "签发时间", "所签内容摘要", "失效时间", "失效原因"]
        yield Sheet(recorded("联合签发"), head, signed)
    if changed := [
        [change["from"], change["to"], one["where"], one["what"], one["before"], one["after"]]
        for change in report.differences
        for one in change["rows"]
    ]:
        head = ["原测算", "新测算", "位置", "事项", "原值", "新值"]
        yield Sheet(recorded("重新编制的变动"), head, changed, long=True)


register(
    AffairKind(
        "evaluation", _("第三方测评"), _rounds, None, _round_title, _round_facts, _round_sheets, files=_round_files,
        papers=lambda row: Paper.objects.filter(dossier__in=_of_contracts(row)),
    )
)  # fmt: skip
register(AffairKind("cityreview", _("测评结果审核"), _reviews, None, _review_title, _review_facts, _review_sheets))
register(AffairKind("monitoring", _("统计监测报告"), _reports, None, _report_title, _report_facts, _report_sheets))
