"""What the worker does for papers and messages."""

from __future__ import annotations

import os
from typing import Any

from django.utils import timezone

from notifications import notices
from notifications.enums import FileState
from notifications.kinds import kind_of
from notifications.models import Paper
from workflow.enums import Rank
from workflow.outbox import effect, on_failure


@effect("notifications.render_paper", Rank.RENDERING)
def render_paper(payload: dict[str, Any]) -> None:
    """Render a paper's PDF and keep its hash; a retried job, the paper is in force without it."""
    from notifications.rendering import press

    paper = Paper.objects.get(pk=payload["paper"])
    if paper.file_state == FileState.READY:
        return
    publication = kind_of(paper.kind).press
    data = {"data_sha256": paper.data_hash, **paper.data}
    rendered = publication(paper) if publication else press.render_paper(data)
    paper.path.parent.mkdir(parents=True, exist_ok=True)
    part = paper.path.with_suffix(".part")
    part.write_bytes(rendered.pdf)
    os.replace(part, paper.path)
    paper.file_state, paper.file_hash = FileState.READY, rendered.sha256
    paper.file_pages, paper.file_at = rendered.pages, timezone.now()
    paper.save(update_fields=["file_state", "file_hash", "file_pages", "file_at"])


@on_failure("notifications.render_paper")
def note_failure(payload: dict[str, Any]) -> None:
    """Say on the paper that its last rendering failed; the next try is due."""
    Paper.objects.filter(pk=payload["paper"]).update(file_state=FileState.FAILED)


@effect("notifications.message")
def write_message(payload: dict[str, Any]) -> None:
    """Put a notice into an office's messages (站内消息)."""
    notices.write(**payload)
