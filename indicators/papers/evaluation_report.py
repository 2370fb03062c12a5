"""测评报告: the paper by which a third party reports what the places of its contract reached (C-III.2c, U3, U5)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.enums import PostRole
from indicators import sealed
from indicators.enums_evaluating import EvaluationStatus
from indicators.evaluating import CONFLICT_YEARS, EVALUATION_DIFFERENCE
from indicators.models import EvaluationContract, IndexVersion
from indicators.services.evaluation_rounds import BASIS, CLOSE, title_of
from indicators.services.evaluation_seats import REPORT
from notifications import signoff
from notifications.content import addressed, in_one_line, lines, official_name
from notifications.kinds import PaperKind, register
from notifications.models import Draft, Paper
from notifications.notices import notify
from notifications.rendering import wording_evaluation as wording
from policy import decimals
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.parameters import value

KIND = "evaluation_report"
BLANK = "（待填写）"


class ReportForm(forms.Form):
    """What the third party says besides the scores."""

    findings = forms.CharField(
        label=_("意见和建议"),
        help_text=_("各地的主要成效、问题和建议，每行一段；得分和评分理由由系统列入。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
    )
    contact = forms.CharField(label=_("联系人和电话"), max_length=120)


def _row(draft: Draft) -> EvaluationContract:
    return EvaluationContract.objects.select_related("round__tenant", "organisation", "tenant").get(pk=draft.subject_id)


@transaction.atomic
def start_report(row: EvaluationContract, actor: Actor) -> Draft:
    """The handler of the third party drafts the report, or goes on with the one that is open. Raises Refused."""
    if row.organisation_id != actor.organisation.pk or not actor.is_handler:
        raise Refused([gettext("测评报告由受委托机构的经办人起草。")])
    if reasons := _against(row):
        raise Refused(reasons)
    title = recorded("%(title)s报告（%(office)s）") % {
        "title": title_of(row.round), "office": row.organisation.short_name,
    }  # fmt: skip
    draft = signoff.start(KIND, row, row.dossier, title, actor)
    todo.close(row, actor, REPORT)
    return draft


def _against(row: EvaluationContract) -> list[str]:
    found = []
    if row.round.status != EvaluationStatus.SCORING:
        found.append(gettext("本轮测评没有在评分，或者已经结束。"))
    if row.reported_at is not None:
        found.append(gettext("测评报告已经签发。"))
    lacking = sealed.unfinished(row)
    if lacking["scores"]:
        found.append(gettext("还没有评完：%(names)s。") % {"names": "、".join(lacking["scores"])})
    if lacking["figures"]:
        words = {"names": "、".join(lacking["figures"]), "year": row.round.year}
        found.append(gettext("%(names)s%(year)d年度的数据还没有核定锁定。") % words)
    return found


def _compose(draft: Draft) -> dict[str, Any]:
    row, office = _row(draft), official_name(draft.tenant)
    told = sealed.results(row) if not any(sealed.unfinished(row).values()) else {}
    versions = {
        str(one.pk): one for one in IndexVersion.objects.filter(pk__in={one["version"] for one in told.values()})
    }
    text = wording.report(
        office,
        to=official_name(row.round.tenant),
        title=f"关于{title_of(row.round)}情况的报告",
        year=row.round.year,
        contract=row.number,
        indices=[f"《{one.title}》第{one.number}版" for one in versions.values()],
        limit=value(EVALUATION_DIFFERENCE.name),
        years=value(CONFLICT_YEARS.name),
        places=[_place(one, versions[one["version"]]) for one in told.values()],
        findings=lines(draft.fields.get("findings", "")) or [BLANK],
        contact=draft.fields.get("contact", "") or BLANK,
    )
    return addressed(text, office, [row.round.tenant])


def _place(told: dict[str, Any], version: IndexVersion) -> wording.Reviewed:
    parts = {part.code: part for part in version.parts}
    dimensions = [part for part in version.parts if part.level == 2 and part.code in told["scores"]]
    reviews = [part for part in version.parts if part.code in told["reviews"]]
    return wording.Reviewed(
        name=told["name"],
        score=shown(told["score"]),
        dimensions=[(part.label, shown(told["scores"][part.code])) for part in dimensions],
        reviews=[
            (one.label, shown(told["reviews"][one.code]["score"]), str(told["reviews"][one.code]["number"]))
            for one in reviews
        ],
        reasons=[f"{one.label}：{in_one_line(told['reviews'][one.code]['reasons'])}" for one in reviews],
        left_out=[parts[code].label for code in told["left_out"] if code in parts],
    )


def shown(score: str) -> str:
    """A score to two places."""
    return decimals.show(decimals.parse(score)) if score else "—"


def _missing(draft: Draft) -> list[str]:
    found = _against(_row(draft))
    form = ReportForm(draft.fields)
    return found + [gettext("请填写“%(field)s”。") % {"field": form.fields[name].label} for name in form.errors]


def _signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    row = _row(draft)
    sealed.keep_report(row, paper, sealed.results(row))
    words = {"office": row.organisation.short_name, "number": paper.number}
    event = ledger.append(
        row, "report", recorded("%(office)s出具测评报告%(number)s") % words, actor, dossier=row.dossier, basis=BASIS,
    )  # fmt: skip
    page = row.round.get_absolute_url()
    notify(event, row.round.tenant, recorded("收到测评报告：%s") % title_of(row.round), page)
    if sealed.is_reported(row.round):
        todo.assign(
            row.round, CLOSE, recorded("审核测评结果、完成本轮：%s") % title_of(row.round), page, dossier=row.dossier,
            organisation=row.round.tenant, role=PostRole.REVIEWER, by=actor.organisation,
        )  # fmt: skip


def _page(draft: Draft) -> str:
    return _row(draft).round.get_absolute_url()


register(
    PaperKind(
        code=KIND,
        label=_("测评报告"),
        act=_("签发后测评结果报送省科技厅"),
        series="letter",
        compose=_compose,
        signed=_signed,
        form=ReportForm,
        missing=_missing,
        page=_page,
    )
)
