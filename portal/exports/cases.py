"""Affairs as a zip that opens without the portal: page, tables, files, papers and events, as far as they are open."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from accounts.actors import Actor
from files.rules import unreadable
from notifications.enums import FileState
from portal.exports import affairs, files, kinds, park  # noqa: F401 (kinds: declared by being imported)
from portal.exports.affairs import Affair, Attached, Sheet
from portal.exports.archive import Archive, Member, safe_name
from portal.exports.words import moment
from workflow import ledger
from workflow.enums import JobOutcome
from workflow.jobs import JobKind, register
from workflow.ledger import recorded
from workflow.models import Event, Job

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
    """One affair in the archive: where it lies, what went in, what could not."""

    archive: Archive
    affair: Affair
    actor: Actor
    path: str
    index: list[tuple[str, str, Member]] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def note(self, group: str, title: str, member: Member) -> None:
        """Put a member into the index."""
        self.index.append((group, title, member))

    def text(self, group: str, title: str, path: str, content: str) -> None:
        """Write a text and put it into the index."""
        self.note(group, title, self.archive.text(self.inner(path), content))

    def table(self, sheet: Sheet) -> None:
        """Write a table and put it into the index."""
        path = self.inner(sheet.folder, f"{safe_name(sheet.title)}.csv")
        self.note(sheet.group, sheet.title, self.archive.table(path, sheet.head, sheet.rows))

    def inner(self, *parts: str) -> str:
        """A path within the affair's folder."""
        return "/".join(part for part in (self.path, *parts) if part)


def build(job: Job, actor: Actor) -> None:
    """Write the zip of the affairs of a job, in Chinese.

    What cannot be read is named in the index and in the row's result.
    """
    with override(settings.LANGUAGE_CODE):
        _build(job, actor)


def _build(job: Job, actor: Actor) -> None:
    mark = files.watermark(actor)
    items = list(job.items.order_by("serial"))
    found = affairs.of_job(job, items, actor)
    slug = job.parameters.get("park", "")
    folders: list[Folder] = []
    with files.place_of(job) as path, Archive(path) as archive:
        for item in items:
            affair = found.get(item.subject_id)
            if affair is None:
                item.outcome, item.words = JobOutcome.SKIPPED, recorded("已不在您可见的范围内，没有打包。")
                continue
            own = len(items) > 1 or bool(slug)
            folder = Folder(archive, affair, actor, _place(affair, folders, bool(slug)) if own else "")
            _write(folder, mark)
            folders.append(folder)
            item.outcome, item.words = _result(folder)
            item.told = {"address": affair.kind.address(affair.row, actor)}
        if slug:
            park.write_top(archive, slug, folders, mark)
        archive.text("如何核验.txt", HOW_TO_CHECK)
        archive.file("check_archive.py", CHECK)
        sums = [f"{member.sha256}  {member.path}" for member in archive.members]
        archive.text("SHA256SUMS.txt", "\n".join(sums) + "\n")
    stamp = timezone.localdate().isoformat()
    name = recorded("园区档案-%s-%s.zip") % (slug, stamp) if slug else recorded("案卷-%s.zip") % stamp
    files.read_back(job, name, len(archive.members), files.as_written(archive.members))
    now = timezone.now()
    for item in items:
        item.done_at = now
    job.items.model.objects.bulk_update(items, ["outcome", "words", "told", "done_at"])


def _place(affair: Affair, before: list[Folder], named: bool) -> str:
    """A folder of the affair's own, with its kind where there are several kinds."""
    wanted, taken = safe_name(affair.name if named else affair.title), {folder.path for folder in before}
    return next(path for n in range(1, len(taken) + 2) if (path := f"{wanted}({n})" if n > 1 else wanted) not in taken)


def _result(folder: Folder) -> tuple[str, str]:
    if not folder.missing:
        return JobOutcome.DONE, recorded("已打包 %d 个文件") % len(folder.index)
    told = "；".join(f"{title}：{why}" for title, why in folder.missing[:5])
    return JobOutcome.FAILED, recorded("已打包 %d 个文件，缺 %d 个（%s）") % (
        len(folder.index),
        len(folder.missing),
        told,
    )


def _write(folder: Folder, mark: str) -> None:
    kind, row, actor = folder.affair.kind, folder.affair.row, folder.actor
    facts = kind.facts(row)
    folder.events = list(ledger.history(row.dossier))
    sheets = list(kind.sheets(row, actor))
    page = {
        "title": folder.affair.title,
        "kind": kind.label,
        "facts": facts,
        "sheets": [sheet for sheet in sheets if not sheet.long],
        "events": [_event(event) for event in folder.events],
        "mark": mark,
    }
    title = recorded("案卷")
    folder.text(recorded("案情"), title, "案卷.html", render_to_string("portal/desk_export_affair.html", page))
    for text in kind.texts(row, actor):
        folder.text(text.group, text.title, text.path, text.content)
    for sheet in sheets:
        folder.table(sheet)
    for attached in kind.files(row, actor):
        _write_file(folder, attached)
    _write_papers(folder)
    _write_history(folder)
    _write_index(folder, facts, mark)


def _write_file(folder: Folder, attached: Attached) -> None:
    """One file, as far as the requester may open it; what differs from its hash is said to."""
    upload, title = attached.upload, attached.title
    if upload is None:
        folder.missing.append((title, recorded("不在您可见的范围内")))
        return
    if why := unreadable(upload, folder.actor):
        folder.missing.append((title, why))
        return
    try:
        member = folder.archive.file(folder.inner("材料", safe_name(attached.name)), upload.path)
    except OSError:
        folder.missing.append((title, recorded("存储中没有这个文件")))
        return
    if member.sha256 != attached.sha256:
        folder.missing.append((title, recorded("与提交时的校验值不符")))
    folder.note(recorded("材料"), title, member)


def _write_papers(folder: Folder) -> None:
    group = recorded("公文")
    for paper in folder.affair.kind.papers(folder.affair.row).order_by("signed_at", "pk"):
        name, title = safe_name(f"{paper.number} {paper.title}"), f"{paper.number} {paper.title}"
        if paper.file_state == FileState.READY and paper.path.is_file():
            member = folder.archive.file(folder.inner("公文", f"{name}.pdf"), paper.path)
            folder.note(group, title, member)
            if member.sha256 != paper.file_hash:
                folder.missing.append((title, recorded("与生成时的校验值不符")))
        else:
            folder.missing.append((title, recorded("公文文件尚未生成，已附数据")))
        data = json.dumps({"hash": paper.data_hash, "data": paper.data}, ensure_ascii=False, indent=1, sort_keys=True)
        folder.text(group, title, f"公文/{name}.json", data)


def _event(e: Event) -> list[Any]:
    return [
        e.serial,
        moment(e.at),
        e.label,
        e.actor_organisation_name,
        e.actor_name,
        e.actor_post,
        e.basis,
        e.reason,
        e.hash,
    ]


def _write_history(folder: Folder) -> None:
    head = ["序号", "时间", "事项", "单位", "人员", "岗位", "依据", "说明", "校验值"]
    group, title = recorded("过程"), recorded("办理过程")
    folder.table(Sheet(title, head, [_event(event) for event in folder.events], group))
    chain = [{"content": ledger.content_of(event), "hash": event.hash} for event in folder.events]
    text = json.dumps(chain, ensure_ascii=False, indent=1, default=str)
    folder.text(group, recorded("办理过程（可核验）"), "办理过程.json", text)


def _write_index(folder: Folder, facts: list[tuple[str, Any]], mark: str) -> None:
    """The table of contents, as CSV and as a page that opens in any browser."""
    head = ["序号", "类别", "标题", "文件", "字节", "SHA-256"]
    rows: list[list[Any]] = [
        [number, group, title, member.path, member.size, member.sha256]
        for number, (group, title, member) in enumerate(folder.index, 1)
    ]
    left_out = [["", recorded("未能打包"), title, "", "", why] for title, why in folder.missing]
    folder.archive.table(folder.inner("目录.csv"), head, [*rows, *left_out, [mark]])
    depth = len(folder.path) + 1 if folder.path else 0
    context = {
        "title": folder.affair.title,
        "facts": facts,
        "entries": [(n, group, title, path[depth:], size, sha) for n, group, title, path, size, sha in rows],
        "missing": folder.missing,
        "mark": mark,
    }
    folder.archive.text(folder.inner("目录.html"), render_to_string("portal/desk_export_index.html", context))


register(JobKind("desk.zip", build=build))
register(JobKind("desk.park", build=build))
