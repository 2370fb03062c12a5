"""What the review of a filing is called, in the words of its kind."""

from __future__ import annotations

from django import template

from applications.kinds import reviewing
from applications.models import Filing

register = template.Library()


@register.filter
def says(filing: Filing, key: str) -> str:
    """A word of the review of a filing: `{{ filing|says:"minutes" }}`."""
    return reviewing.said(filing.kind, key)
