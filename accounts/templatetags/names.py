"""`named` for every template: what the data names in Chinese, in the reader's language."""

from __future__ import annotations

from django import template

from accounts import names

register = template.Library()
register.filter("named", names.named)
