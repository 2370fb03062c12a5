"""Numbers of persons, which no official document and no public page may carry: mobile phones and identity cards."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

_MOBILE = re.compile(r"(?<![0-9])(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")
_IDENTITY = re.compile(
    r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)


def refuse(text: str) -> None:
    """Raises ValidationError where a text holds a mobile phone or identity card number."""
    plain = unicodedata.normalize("NFKC", text)
    if found := _IDENTITY.search(plain):
        raise ValidationError(_("“%(number)s…”是身份证号，不能填写。请去掉。") % {"number": found[0][:6]})
    if found := _MOBILE.search(plain):
        raise ValidationError(
            _("“%(number)s”是手机号码，不能填写。请改填办公电话，例如 0571-00000000。") % {"number": found[0]}
        )
