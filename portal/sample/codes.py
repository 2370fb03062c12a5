"""The table of industry codes of the sample province."""

from __future__ import annotations

from pathlib import Path

from registry import industries
from registry.models import IndustryCode


def load_industries() -> int:
    """The sample's table of industry codes, where the operator has not imported one; how many entries there are."""
    if not IndustryCode.objects.exists():
        industries.replace(industries.read((Path(__file__).parent / "industries.csv").read_bytes()), sample=True)
    return IndustryCode.objects.count()
