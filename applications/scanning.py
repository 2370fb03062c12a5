"""What follows from a stored file: it is scanned in the background, and who must know of a virus is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import Grant
from accounts.queries import the_lead
from applications.models import Filing
from applications.services.asking import authority_address
from files import scanner
from files.enums import ScanState
from files.models import Upload
from files.services import when_stored
from notifications.notices import notify
from workflow import ledger, outbox
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.models import Chain, Delivery
from workflow.outbox import effect

EFFECT = "files.scan"
PATIENCE = dt.timedelta(minutes=10)
AT_ONCE = 200
# A scanner that stays away is asked less often for what has waited long.
LONG, SELDOM = dt.timedelta(hours=2), 600


@when_stored
def ask(upload: Upload) -> None:
    """Have a file scanned once it is committed; the writer does not wait for it."""
    if settings.SCANNER:
        _ask(upload, str(upload.pk))


def _ask(upload: Upload, key: str) -> None:
    outbox.follow(None, EFFECT, key, {"upload": str(upload.pk)}, upload.tenant)


def ask_again(states: Sequence[str] = (ScanState.PENDING,), patience: dt.timedelta = PATIENCE) -> int:
    """Ask for files that wait without anybody working on them, under the system scope; how many."""
    if not settings.SCANNER:
        return 0
    asked = set(Delivery.objects.filter(effect=EFFECT, done_at=None).values_list("payload__upload", flat=True))
    rows = Upload.objects.filter(scan_state__in=states, uploaded_at__lte=timezone.now() - patience)
    waiting = rows.exclude(pk__in=asked).select_related("tenant").order_by("uploaded_at")[:AT_ONCE]
    for upload in waiting:
        _ask(upload, f"{upload.pk}:{timezone.now().timestamp():.0f}")
    return len(waiting)


def make_due() -> int:
    """Have the scans that were put off done now, under the system scope; how many."""
    return Delivery.objects.filter(effect=EFFECT, done_at=None).update(due_at=timezone.now())


@effect(EFFECT)
def scan(payload: dict[str, Any]) -> None:
    """Scan one file and keep the verdict. Raises ScannerAway, and is then tried again.

    The row is locked for the verdict alone: a submission goes on while a large file is scanned.
    """
    upload = Upload.objects.filter(pk=payload["upload"]).first()
    if upload is None or upload.scan_state in {ScanState.CLEAN, ScanState.INFECTED} or not settings.SCANNER:
        return
    try:
        verdict = scanner.scan(upload.path)
    except scanner.ScannerAway as away:
        if timezone.now() - upload.uploaded_at > LONG:
            away.retry_after = SELDOM
        raise
    except OSError as error:
        verdict = scanner.Verdict(ScanState.FAILED, f"{type(error).__name__}: {error.strerror}")
    open_rows = Upload.objects.filter(pk=upload.pk, scan_state__in=[ScanState.PENDING, ScanState.FAILED])
    changed = open_rows.update(scan_state=verdict.state, scan_detail=verdict.detail, scanned_at=timezone.now())
    if changed and verdict.state == ScanState.INFECTED:
        _tell(upload, verdict.detail)


def _tell(upload: Upload, signature: str) -> None:
    """Record the virus in the dossier and tell the owner; of the city's file also 省科技厅, where it knows the dossier.

    The name of an office's own file is that office's business: the others read that there was one.
    """
    filing = Filing.objects.filter(dossier=upload.dossier).first()
    if filing is None or not Chain.objects.filter(dossier=upload.dossier).exists():
        return
    is_citys = upload.tenant_id == filing.tenant_id
    event = ledger.append(
        upload,
        "infected",
        recorded("发现病毒，文件已隔离"),
        None,
        dossier=upload.dossier,
        reason=upload.name if is_citys else "",
        data={"upload": str(upload.pk), "sha256": upload.sha256, "signature": signature},
        audience=Audience.DOSSIER if is_citys else Audience.AUTHORITY,
    )
    title = recorded("“%(name)s”中发现病毒，已隔离") % {"name": upload.name}
    body = recorded("识别结果：%(signature)s。请删除该文件，换一份干净的文件重新上传。") % {"signature": signature}
    materials = reverse("applications:materials", args=[filing.pk])
    notify(event, upload.tenant, title, materials if is_citys else authority_address(filing), body)
    lead = the_lead()
    if is_citys and Grant.objects.filter(dossier=upload.dossier, organisation=lead).exists():
        notify(event, lead, title, authority_address(filing), body)
