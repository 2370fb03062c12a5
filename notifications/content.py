"""What every paper has besides its wording: who issues it under which name, to whom it goes, its seal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.models import Organisation

Content = dict[str, Any]


def lines(text: str) -> list[str]:
    """What a person typed, one paragraph a line; empty lines and control characters are left out."""
    clean = ("".join(c for c in line if unicodedata.category(c)[0] != "C").strip() for line in text.splitlines())
    return [line for line in clean if line]


def in_one_line(parts: list[str]) -> str:
    """Several statements as one cell of a table has them: a semicolon between, whatever each ended with."""
    return "；".join([*(part.rstrip("。；;") for part in parts[:-1]), *parts[-1:]])


def official_name(organisation: Organisation) -> str:
    """The name under which an organisation issues papers today."""
    return organisation.name_on(timezone.localdate())


def addressed(
    wording: Content,
    issuer_name: str,
    to: Iterable[Organisation],
    cc: Iterable[Organisation] = (),
    sealed: bool = True,
) -> Content:
    """A wording (notifications.rendering.wording) with issuer, seal, addressees and copies."""
    copies = list(cc)
    content = {
        **wording,
        "issuer_name": issuer_name,
        "to": [str(organisation.pk) for organisation in to],
        "cc_organisations": [str(organisation.pk) for organisation in copies],
        "cc": [official_name(organisation) for organisation in copies],
    }
    if sealed:
        content |= {"sealed": True, "seal": {"organisation": issuer_name, "demo": True}}
    if wording["format"] == "document":
        content |= {"printed_by": issuer_name, "printed_on": timezone.localdate().isoformat()}
    return content
