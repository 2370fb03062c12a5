"""How much an organisation and a filing may keep, and how much the disk can take."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation
from files.models import Incoming, Upload
from files.refusals import TooLarge, in_bytes, no_space


@dataclass(frozen=True)
class Room:
    """Bytes taken by the filing and by the organisation, arriving files counted in full."""

    filing: int
    organisation: int

    @property
    def left(self) -> int:
        """How many bytes may still come."""
        filing = settings.UPLOAD_QUOTA_FILING_BYTES - self.filing
        return max(0, min(filing, settings.UPLOAD_QUOTA_ORGANISATION_BYTES - self.organisation))


def room(tenant: Organisation, dossier: UUID) -> Room:
    """What is taken now."""
    taken = {"filing": 0, "organisation": 0}
    for rows in (
        Upload.objects.filter(tenant=tenant),
        Incoming.objects.filter(tenant=tenant, expires_at__gt=timezone.now()),
    ):
        found = rows.aggregate(filing=Sum("size", filter=Q(dossier=dossier)), organisation=Sum("size"))
        taken = {name: count + (found[name] or 0) for name, count in taken.items()}
    return Room(**taken)


def reserve(tenant: Organisation, dossier: UUID, name: str, size: int) -> None:
    """Make sure that so many bytes more may come; of two at once, one waits. Raises TooLarge or NoSpace."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"files.quota:{tenant.pk}"])
    now = room(tenant, dossier)
    for taken, quota, whose in (
        (now.filing, settings.UPLOAD_QUOTA_FILING_BYTES, _("本申报")),
        (now.organisation, settings.UPLOAD_QUOTA_ORGANISATION_BYTES, _("本单位")),
    ):
        if taken + size > quota:
            raise TooLarge(
                _(
                    "“%(name)s”有 %(size)s，%(whose)s的文件已占 %(taken)s，合计超过限额 %(quota)s；"
                    "请先删除不用的文件，或者压缩后上传。"
                )
                % {
                    "name": name,
                    "size": in_bytes(size),
                    "whose": whose,
                    "taken": in_bytes(taken),
                    "quota": in_bytes(quota),
                }
            )
    check_disk(size)


def check_disk(size: int) -> None:
    """Raise NoSpace where the disk could not take so many bytes and keep its reserve."""
    root = Path(settings.PRIVATE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=0o700)
    if shutil.disk_usage(root).free < size + settings.UPLOAD_RESERVE_BYTES:
        raise no_space()
