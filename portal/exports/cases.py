"""A case as a zip: versions, files, papers, history and opinions, as far as they are open to who asks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actors import Actor
from applications import display, dossier
from applications.models import Filing, FilingVersion
from files.models import Upload
from files.rules import unreadable
from notifications.enums import FileState
from notifications.models import Paper
from portal.exports import files
from portal.exports.archive import Archive, Member, safe_name
from portal.exports.columns import EMPTY, NOT_ASKED, answer, asked_keys
from reviews.models import Case, Countersignature, Opinion, Question
from workflow import ledger
from workflow.enums import JobOutcome
from workflow.jobs import JobKind, register
from workflow.ledger import in_chinese, recorded
from workflow.models import Job

CHECK = Path(__file__).with_name("check_archive.py")
HOW_TO_CHECK = """如何核验本案卷

一、核对文件：在解压后的文件夹中执行 sha256sum -c SHA256SUMS.txt，逐个文件应为“OK”（或“成功”）。
二、核对文件和办理过程：执行 python3 check_archive.py .（只需要 Python 3，不需要本平台、网络和账号）。
三、办理过程.json 按先后列出每一件事：content 为内容，hash 为其 SHA-256 校验值（键按字母排序、不留空格的 UTF-8 JSON），
    previous_hash 为上一件的校验值；缺少的序号是导出人无权查看的事项。
四、公文的真伪凭公文上的查验码在平台“公文核验”页核对；附 JSON 中的 hash 为公文数据的校验值。
五、打开 目录.html 可以浏览全部内容。
"""


@dataclass
class Folder:
    """One case in the archive: where it lies, what went in, what could not."""

    archive: Archive
    filing: Filing
    actor: Actor
    path: str
    index: list[tuple[str, str, Member]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)

    def note(self, group: str, title: str, member: Member) -> None:
        """Put a member into the index."""
        self.index.append((group, title, member))


def build(job: Job, actor: Actor) -> None:
    """Write the zip of the cases of a job; what cannot be read is named in the index and in the row's result."""
    mark = files.watermark(actor)
    items = list(job.items.order_by("serial"))
    filings = Filing.objects.select_related("tenant", "host_zone").in_bulk([item.subject_id for item in items])
    with files.place_of(job) as path, Archive(path) as archive:
        for item in items:
            filing = filings.get(item.subject_id)
            if filing is None:
                item.outcome, item.words = JobOutcome.SKIPPED, recorded("已不在您可见的范围内，没有打包。")
                continue
            name = safe_name(f"{filing.number or recorded('未编号')} {filing.park_name}")
            folder = Folder(archive, filing, actor, name if len(items) > 1 else "")
            _write_case(folder, mark)
            item.outcome, item.words = _result(folder)
        archive.text("如何核验.txt", HOW_TO_CHECK)
        archive.file("check_archive.py", CHECK)
        sums = [f"{member.sha256}  {member.path}" for member in archive.members]
        archive.text("SHA256SUMS.txt", "\n".join(sums) + "\n")
    stamp = timezone.localdate().isoformat()
    files.read_back(job, recorded("案卷-%s.zip") % stamp, len(archive.members), files.as_written(archive.members))
    now = timezone.now()
    for item in items:
        item.done_at = now
    job.items.model.objects.bulk_update(items, ["outcome", "words", "done_at"])


def _result(folder: Folder) -> tuple[str, str]:
    if not folder.missing:
        return JobOutcome.DONE, recorded("已打包 %d 个文件") % len(folder.index)
    told = "；".join(f"{title}：{why}" for title, why in folder.missing[:5])
    return JobOutcome.FAILED, recorded("已打包 %d 个文件，缺 %d 个（%s）") % (
        len(folder.index),
        len(folder.missing),
        told,
    )


def _write_case(folder: Folder, mark: str) -> None:
    versions = list(folder.filing.versions.order_by("serial"))
    for version in versions:
        _write_version(folder, version, mark)
    _write_answers(folder, versions)
    _write_materials(folder, versions)
    _write_papers(folder)
    _write_history(folder)
    _write_remarks(folder)
    _write_review(folder)
    _write_index(folder, mark)


def _in(folder: Folder, *parts: str) -> str:
    return "/".join(part for part in (folder.path, *parts) if part)


def _write_version(folder: Folder, version: FilingVersion, mark: str) -> None:
    title = recorded("创建规划第%d版") % version.serial
    frozen = {
        "serial": version.serial,
        "hash": version.hash,
        "frozen_at": version.frozen_at.isoformat(),
        "submitted_at": version.submitted_at.isoformat() if version.submitted_at else None,
        "receipt_number": version.receipt_number,
        "content": version.content,
    }
    text = json.dumps(frozen, ensure_ascii=False, indent=1, sort_keys=True)
    folder.note("规划", title, folder.archive.text(_in(folder, "规划", f"{title}.json"), text))
    context = {
        "filing": folder.filing,
        "version": version,
        "sections": display.plan_sections(version.content),
        "figures": display.figure_grid(version.content),
        "area": display.area_text(version.content),
        "empty": EMPTY,
        "mark": mark,
    }
    page = render_to_string("portal/desk_export_version.html", context)
    folder.note("规划", title, folder.archive.text(_in(folder, "规划", f"{title}.html"), page))


def _write_answers(folder: Folder, versions: list[FilingVersion]) -> None:
    """Every question of any version, and what each version says to it: not asked, left empty, no, or the answer."""
    if not versions:
        return
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
    folder.note("规划", "逐项答案", folder.archive.table(_in(folder, "规划", "逐项答案.csv"), head, rows))


def _write_materials(folder: Folder, versions: list[FilingVersion]) -> None:
    """The files of all versions, each once, as far as the requester may open them."""
    wanted = {piece["upload"]: piece for version in versions for piece in version.content.get("materials", [])}
    uploads = {str(upload.pk): upload for upload in Upload.objects.filter(pk__in=list(wanted))}
    for pk, piece in wanted.items():
        upload, title = uploads.get(pk), str(piece["name"])
        if upload is None:
            folder.missing.append((title, recorded("不在您可见的范围内")))
            continue
        if why := unreadable(upload, folder.actor):
            folder.missing.append((title, why))
            continue
        try:
            member = folder.archive.file(_in(folder, "材料", f"{piece['number']:02}-{safe_name(title)}"), upload.path)
        except OSError:
            folder.missing.append((title, recorded("存储中没有这个文件")))
            continue
        if member.sha256 != piece["sha256"]:
            folder.missing.append((title, recorded("与提交时的校验值不符")))
        folder.note("材料", title, member)


def _write_papers(folder: Folder) -> None:
    papers = Paper.objects.filter(dossier=folder.filing.dossier).order_by("signed_at")
    for paper in papers:
        name, title = safe_name(f"{paper.number} {paper.title}"), f"{paper.number} {paper.title}"
        if paper.file_state == FileState.READY and paper.path.is_file():
            folder.note("公文", title, folder.archive.file(_in(folder, "公文", f"{name}.pdf"), paper.path))
        else:
            folder.missing.append((title, recorded("公文文件尚未生成，已附数据")))
        data = json.dumps({"hash": paper.data_hash, "data": paper.data}, ensure_ascii=False, indent=1, sort_keys=True)
        folder.note("公文", title, folder.archive.text(_in(folder, "公文", f"{name}.json"), data))


def _write_history(folder: Folder) -> None:
    head = ["序号", "时间", "事项", "单位", "人员", "岗位", "依据", "说明", "校验值"]
    rows = (
        [
            e.serial,
            _moment(e.at),
            e.label,
            e.actor_organisation_name,
            e.actor_name,
            e.actor_post,
            e.basis,
            e.reason,
            e.hash,
        ]
        for e in ledger.history(folder.filing.dossier).iterator()
    )
    folder.note("过程", "办理过程", folder.archive.table(_in(folder, "办理过程.csv"), head, rows))
    chain = [{"content": ledger.content_of(e), "hash": e.hash} for e in ledger.history(folder.filing.dossier)]
    text = json.dumps(chain, ensure_ascii=False, indent=1, default=str)
    folder.note("过程", "办理过程（可核验）", folder.archive.text(_in(folder, "办理过程.json"), text))


def _moment(at: Any) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i:s") if at else ""


def _write_remarks(folder: Folder) -> None:
    """Every remark and what was said under it; what an office has not sent the database shows to that office alone."""
    rows = []
    for found in dossier.remarks_of(folder.filing):
        remark = found["remark"]
        asked = [remark.round, found["label"], in_chinese(remark.get_reason_display()), remark.basis]
        rows.append([*asked, recorded("意见"), remark.made_by.name, _moment(remark.made_at), remark.text])
        for entry in found["entries"]:
            act = in_chinese(entry.get_act_display())
            rows.append([*asked, act, entry.organisation.name, _moment(entry.at), entry.text])
    if rows:
        head = ["轮次", "对象", "事由", "依据", "行为", "单位", "时间", "内容"]
        folder.note("过程", "补正意见和答复", folder.archive.table(_in(folder, "补正意见和答复.csv"), head, rows))


def _write_review(folder: Folder) -> None:
    """Questions, opinions and the conclusion of the joint review; an opinion only where the scope opens it."""
    case = Case.objects.filter(filing=folder.filing).first()
    if case is None:
        return
    questions = [
        [_moment(q.asked_at), q.text, q.answer, _moment(q.answered_at)] for q in Question.objects.filter(case=case)
    ]
    if questions:
        head = ["询问时间", "询问", "答复", "答复时间"]
        folder.note("过程", "询问和答复", folder.archive.table(_in(folder, "询问和答复.csv"), head, questions))
    if opinions := list(_opinions(case)):
        head = ["部门", "轮次", "状态", "意见", "理由", "条件", "签发时间"]
        folder.note("意见", "部门意见", folder.archive.table(_in(folder, "部门意见.csv"), head, opinions))
    if countersigned := list(_countersigned(case)):
        head = ["部门", "轮次", "状态", "会签人", "会签时间", "不同意见", "省科技厅意见", "文稿摘要"]
        folder.note("意见", "会签", folder.archive.table(_in(folder, "会签.csv"), head, countersigned))


def _countersigned(case: Case) -> Iterator[list[Any]]:
    rows = Countersignature.every.filter(case=case).select_related("tenant").order_by("tenant__order", "round")
    for row in rows.defer("content"):
        said = [in_chinese(row.get_status_display()), row.signer_name, _moment(row.signed_at)]
        yield [row.tenant.name, row.round, *said, row.reason, row.position, row.digest]


def _opinions(case: Case) -> Iterator[list[Any]]:
    for opinion in Opinion.every.filter(case=case).select_related("tenant").order_by("tenant__order", "round"):
        said = [in_chinese(opinion.get_status_display()), in_chinese(opinion.get_stance_display())]
        conditions = [str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in opinion.conditions]
        yield [opinion.tenant.name, opinion.round, *said, opinion.reasons, conditions, _moment(opinion.signed_at)]


def _write_index(folder: Folder, mark: str) -> None:
    """The table of contents, as CSV and as a page that opens in any browser."""
    head = ["序号", "类别", "标题", "文件", "字节", "SHA-256"]
    rows: list[list[Any]] = [
        [number, group, title, member.path, member.size, member.sha256]
        for number, (group, title, member) in enumerate(folder.index, 1)
    ]
    left_out = [["", recorded("未能打包"), title, "", "", why] for title, why in folder.missing]
    folder.archive.table(_in(folder, "目录.csv"), head, [*rows, *left_out, [mark]])
    depth = len(folder.path) + 1 if folder.path else 0
    context = {
        "filing": folder.filing,
        "entries": [(n, group, title, path[depth:], size, sha) for n, group, title, path, size, sha in rows],
        "missing": folder.missing,
        "mark": mark,
    }
    folder.archive.text(_in(folder, "目录.html"), render_to_string("portal/desk_export_index.html", context))


register(JobKind("desk.zip", build=build))
