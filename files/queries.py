"""What pages say of files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from files import rules
from files.enums import ScanState
from files.inspection.notes import in_words
from files.models import Upload

TAGS = {
    ScanState.PENDING: "waiting",
    ScanState.CLEAN: "done",
    ScanState.INFECTED: "late",
    ScanState.FAILED: "warning",
}


def shown(upload: Upload) -> dict[str, Any]:
    """A file's state for a page: `tag` {kind, text} or None, `notes` in words, `is_infected`.

    Without a scanner a note says of each file that nobody looked into it.
    """
    notes = in_words(upload.notes)
    if upload.scan_state == ScanState.PENDING and not rules.is_scanned():
        notes.append(_("未经查毒"))
    return {
        "tag": tag_of(upload.scan_state),
        "notes": notes,
        "is_infected": upload.scan_state == ScanState.INFECTED,
    }


def tag_of(state: str) -> dict[str, Any] | None:
    """The tag of a state; None where nothing is worth saying: clean, or no scanner was ever asked."""
    if state == ScanState.CLEAN or (state == ScanState.PENDING and not rules.is_scanned()):
        return None
    return {"kind": TAGS[ScanState(state)], "text": ScanState(state).label}


def states(uploads: Iterable[str | UUID]) -> dict[str, dict[str, Any]]:
    """What `shown` says of several files by id, in one query."""
    return {str(row.pk): shown(row) for row in Upload.objects.filter(pk__in=list(uploads))}


def about_scanning() -> str:
    """What a page about files says of the scanner."""
    if rules.is_scanned():
        return _("上传后自动查毒，不影响继续填写和提交；查完之前，审查单位暂不能打开。")
    return _("本平台没有配置查毒服务，文件未经查毒。")
