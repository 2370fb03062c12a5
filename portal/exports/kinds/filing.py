"""Filings of every kind: frozen versions, answers, materials, remarks, and of the joint review what is open."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from applications import display, dossier
from applications.kinds import word
from applications.models import Filing, FilingVersion, Material
from applications.views.access import helped_by
from files.models import Upload
from portal.exports.affairs import FILING, AffairKind, Attached, Sheet, Text, register
from portal.exports.columns import EMPTY, NOT_ASKED, UNTOLD, answer, asked_keys
from portal.exports.files import watermark
from portal.exports.words import moment, told
from registry.models import Park
from reviews.models import Case, Countersignature, Opinion, Question, StateAnswer
from workflow.ledger import in_chinese, recorded

PLAN, COURSE, OPINIONS = recorded("规划"), recorded("过程"), recorded("意见")


def plan_word(filing: Filing) -> str:
    """What the main text of a filing of this kind is called (创建规划, 建设总结报告 …)."""
    return in_chinese(word(filing.kind, "plan", recorded("创建规划")))


def _readable(actor: Actor) -> QuerySet[Filing]:
    return Filing.objects.select_related("tenant", "host_zone", "park", "case")


def _of_park(rows: QuerySet[Filing], park: Park) -> QuerySet[Filing]:
    own = Q(park=park) | Q(dossier=park.dossier) if park.dossier else Q(park=park)
    return rows.filter(own).order_by("created_at", "pk")


def _title(filing: Filing) -> str:
    kind = recorded("%s申报") % in_chinese(filing.get_kind_display())
    return f"{kind} {filing.number or recorded('未编号')} {filing.park_name}"


def _facts(filing: Filing) -> list[tuple[str, Any]]:
    case = getattr(filing, "case", None)
    return told(
        [
            (recorded("申报类别"), in_chinese(filing.get_kind_display())),
            (recorded("申报编号"), filing.number),
            (recorded("城市或县（市、区）") if filing.division_id else recorded("园区"), filing.park_name),
            (recorded("申报单位"), filing.tenant.name),
            (recorded("所在开发区"), "" if filing.division_id else filing.zone_name or UNTOLD),
            (recorded("状态"), in_chinese((case or filing).get_status_display())),
            (recorded("提交时间"), moment(filing.submitted_at)),
        ]
    )


def _address(filing: Filing, actor: Actor) -> str:
    """The city's page for the city and who helps it, else the case, else the formal check."""
    own, authority = filing.tenant_id == actor.organisation.pk, actor.is_lead or actor.is_department
    if own or (not authority and helped_by(actor).filter(dossier=filing.dossier).exists()):
        return filing.get_absolute_url()
    case = getattr(filing, "case", None)
    return reverse("reviews:case", args=[case.pk]) if case else reverse("applications:check", args=[filing.pk])


def _versions(filing: Filing) -> list[FilingVersion]:
    return list(filing.versions.order_by("serial"))


def _texts(filing: Filing, actor: Actor) -> Iterator[Text]:
    """Every frozen version as data and as a page."""
    for version in _versions(filing):
        title = recorded("%s第%d版") % (plan_word(filing), version.serial)
        frozen = {
            "serial": version.serial,
            "hash": version.hash,
            "frozen_at": version.frozen_at.isoformat(),
            "submitted_at": version.submitted_at.isoformat() if version.submitted_at else None,
            "receipt_number": version.receipt_number,
            "content": version.content,
        }
        data = json.dumps(frozen, ensure_ascii=False, indent=1, sort_keys=True)
        yield Text(title, f"规划/{title}.json", data, PLAN)
        context = {
            "filing": filing,
            "title": title,
            "version": version,
            "sections": display.plan_sections(version.content),
            "figures": display.figure_grid(version.content),
            "area": display.area_text(version.content),
            "empty": EMPTY,
            "mark": watermark(actor),
        }
        yield Text(title, f"规划/{title}.html", render_to_string("portal/desk_export_version.html", context), PLAN)


def _sheets(filing: Filing, actor: Actor) -> Iterator[Sheet]:
    if versions := _versions(filing):
        yield _answers(versions)
    if remarks := list(_remarks(filing)):
        head = ["轮次", "对象", "事由", "依据", "行为", "单位", "时间", "内容"]
        yield Sheet(recorded("补正意见和答复"), head, remarks, COURSE)
    if case := Case.objects.filter(filing=filing).first():
        yield from _review(case)


def _answers(versions: list[FilingVersion]) -> Sheet:
    """Every question of any version, and what each version says to it: not asked, left empty, no, or the answer."""
    labels: dict[str, tuple[str, str]] = {}
    for version in versions:
        for section in version.content.get("sections", []):
            for one in section.get("fields", []):
                labels[one["key"]] = (section["title"], one["label"])
    head = ["栏目", "问题", "代码"]
    head += [recorded("第%d版（表单%s）") % (v.serial, v.content.get("format", "")) for v in versions]
    asked = [asked_keys(version.content) for version in versions]
    rows = [
        [section, label, key]
        + [
            answer(version.content, key) if key in keys else NOT_ASKED
            for version, keys in zip(versions, asked, strict=True)
        ]
        for key, (section, label) in labels.items()
    ]
    return Sheet(recorded("逐项答案"), head, rows, PLAN, PLAN, long=True)


def _files(filing: Filing, actor: Actor) -> Iterator[Attached]:
    """The materials of all versions, each once, then what else came in during the review; never a working copy's."""
    wanted = {piece["upload"]: piece for version in _versions(filing) for piece in version.content.get("materials", [])}
    uploads = {str(upload.pk): upload for upload in Upload.objects.filter(pk__in=list(wanted))}
    for pk, piece in sorted(wanted.items(), key=lambda one: one[1]["number"]):
        title = str(piece["name"])
        yield Attached(title, f"{piece['number']:02}-{title}", uploads.get(pk), piece["sha256"])
    others = Upload.objects.filter(dossier=filing.dossier).exclude(pk__in=list(wanted))
    others = others.exclude(pk__in=Material.objects.filter(filing=filing).values("upload"))
    for number, upload in enumerate(others.order_by("uploaded_at", "pk"), 1):
        yield Attached(upload.name, recorded("其他%02d-%s") % (number, upload.name), upload, upload.sha256)


def _remarks(filing: Filing) -> Iterator[list[Any]]:
    """Every remark and what was said under it; what an office has not sent the database shows to that office alone."""
    for found in dossier.remarks_of(filing):
        remark = found["remark"]
        asked = [remark.round, found["label"], in_chinese(remark.get_reason_display()), remark.basis]
        yield [*asked, recorded("意见"), remark.made_by.name, moment(remark.made_at), remark.text]
        for entry in found["entries"]:
            act = in_chinese(entry.get_act_display())
            yield [*asked, act, entry.organisation.name, moment(entry.at), entry.text]


def _review(case: Case) -> Iterator[Sheet]:
    """Questions, opinions, countersignatures, the state's answer; an opinion only where the scope opens it."""
    questions = [
        [moment(q.asked_at), q.text, q.answer, moment(q.answered_at)] for q in Question.objects.filter(case=case)
    ]
    if questions:
        yield Sheet(recorded("询问和答复"), ["询问时间", "询问", "答复", "答复时间"], questions, COURSE)
    if opinions := list(_opinions(case)):
        head = ["部门", "轮次", "状态", "意见", "理由", "条件", "签发时间"]
        yield Sheet(recorded("部门意见"), head, opinions, OPINIONS)
    if countersigned := list(_countersigned(case)):
        head = ["部门", "轮次", "状态", "会签人", "会签时间", "不同意见", "省科技厅意见", "文稿摘要"]
        yield Sheet(recorded("会签"), head, countersigned, OPINIONS)
    if answers := list(_state_answers(case)):
        head = ["状态", "结果", "文号", "答复日期", "说明", "扫描件", "登记人", "登记时间"]
        yield Sheet(recorded("科学技术部答复"), [*head, "核对人", "核对时间", "退回理由"], answers, COURSE)


def _state_answers(case: Case) -> Iterator[list[Any]]:
    """What the state answered (CT-56) as it was registered, compared, and returned where it was."""
    rows = StateAnswer.objects.filter(case=case).select_related("scan", "recorded_by", "decided_by")
    for row in rows.order_by("recorded_at"):
        result = recorded("批准") if row.approved else recorded("未批准")
        said = [result, row.number, row.answered_on.isoformat(), row.explanation, row.scan.name if row.scan else ""]
        decided = row.decided_by.name if row.decided_by else ""
        yield [
            in_chinese(row.get_status_display()), *said, row.recorded_by.name, moment(row.recorded_at), decided,
            moment(row.decided_at), row.remark,
        ]  # fmt: skip


def _countersigned(case: Case) -> Iterator[list[Any]]:
    rows = Countersignature.every.filter(case=case).select_related("tenant").order_by("tenant__order", "round")
    for row in rows.defer("content"):
        said = [in_chinese(row.get_status_display()), row.signer_name, moment(row.signed_at)]
        yield [row.tenant.name, row.round, *said, row.reason, row.position, row.digest]


def _opinions(case: Case) -> Iterator[list[Any]]:
    for opinion in Opinion.every.filter(case=case).select_related("tenant").order_by("tenant__order", "round"):
        said = [in_chinese(opinion.get_status_display()), in_chinese(opinion.get_stance_display())]
        conditions = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in opinion.conditions]
        asked = "；".join(conditions)
        yield [opinion.tenant.name, opinion.round, *said, opinion.reasons, asked, moment(opinion.signed_at)]


register(
    AffairKind(
        FILING, _("申报"), _readable, _of_park, _title, _facts, _sheets, _texts, _files, _address,
        papers=lambda row: dossier.papers_of(row.dossier),
    )
)  # fmt: skip
