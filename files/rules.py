"""Who may open a file that row security lets them see: the scanner's word decides for readers."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _

from accounts.actors import Actor
from files.enums import ScanState
from files.models import Upload


def is_scanned() -> bool:
    """Whether this installation has a scanner."""
    return bool(settings.SCANNER)


def is_readable_by(upload: Upload, actor: Actor) -> bool:
    """Whether the actor may open the file now."""
    return not unreadable(upload, actor)


def unreadable(upload: Upload, actor: Actor) -> str:
    """Why the actor may not open the file; empty where they may.

    The owner opens what is not known to be infected; others only what was found clean, where there is a scanner.
    What a stranger gave to an office is not the office's own in this sense.
    """
    is_own = upload.tenant_id == actor.organisation.pk and upload.uploaded_by_id is not None
    return unreadable_in(upload.scan_state, is_own)


def unreadable_in(state: str, is_owner: bool) -> str:
    """Why a file in this state cannot be opened by its owner or by others; empty where it can."""
    if state == ScanState.INFECTED:
        return _("文件中发现病毒，已经隔离，任何人都不能打开；请提供单位换一份干净的文件。")
    if is_owner or state == ScanState.CLEAN or not is_scanned():
        return ""
    if state == ScanState.FAILED:
        return _("文件没有能够查毒（过大或过于复杂），暂不能打开；平台运维处理后即可打开。")
    return _("文件正在等待查毒，查完即可打开，一般只需几分钟。")
