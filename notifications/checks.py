"""The public answer about a paper: in force, superseded, revoked or unknown, and whether a file is the one issued."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts import scope
from accounts.throttle import Limit
from notifications.enums import FileState, PaperValidity
from notifications.models import Paper
from notifications.papers import ALPHABET
from notifications.queries import kind_label

MISSES = Limit("paper_check", amount=60, seconds=60)
LONGEST = 64
TAGS = {PaperValidity.VALID: "done", PaperValidity.SUPERSEDED: "warning", PaperValidity.REVOKED: "late"}


@dataclass(frozen=True)
class Answer:
    """What anybody may learn who holds a check code (查验码); `paper` is None where there is no such paper."""

    code: str
    paper: Paper | None

    @property
    def status(self) -> str:
        """One of PaperValidity, or `unknown`."""
        return self.paper.validity if self.paper else "unknown"

    @property
    def word(self) -> str:
        """The one large answer: 有效, 已被取代, 已撤销, 查无此文."""
        return str(PaperValidity(self.paper.validity).label) if self.paper else _("查无此文")

    @property
    def tag(self) -> str:
        """The colour and shape that go with the word."""
        return TAGS[PaperValidity(self.paper.validity)] if self.paper else "ended"

    @property
    def kind(self) -> str:
        """The kind of paper in words."""
        return kind_label(self.paper.kind) if self.paper else ""

    @property
    def successor(self) -> Paper | None:
        """The paper that replaced this one, as far as the scope opens it."""
        return successor_of(self.paper) if self.paper else None

    @property
    def is_open(self) -> bool:
        """Whether the file itself may be had without sign-in."""
        return bool(self.paper and self.paper.published_at and self.paper.file_state == FileState.READY)


def successor_of(paper: Paper) -> Paper | None:
    """The paper that replaced another one, as far as the scope opens it."""
    if paper.superseded_by_id is None:
        return None
    return Paper.objects.filter(pk=paper.superseded_by_id).defer("data").first()


def normalise(code: str) -> str:
    """A check code as it is stored: capitals, without the blanks and dashes of a hand that copied it."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)[:LONGEST]


def check(code: str) -> Answer:
    """Look a check code up; a malformed one takes the same way as an unknown one."""
    wanted = normalise(code)
    scope.present(wanted)
    return Answer(wanted, Paper.objects.filter(check_code=wanted).defer("data").first())


def sha256_of(chunks: Iterable[bytes]) -> str:
    """SHA-256 of a file in hexadecimal, read piece by piece."""
    total = hashlib.sha256()
    for chunk in chunks:
        total.update(chunk)
    return total.hexdigest()
