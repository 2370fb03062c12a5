"""The kinds of official papers; each room declares its own and what its signature brings about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Model
from django.utils.functional import Promise

from accounts.actors import Actor
from notifications.enums import LegalEffect
from notifications.models import Draft, Paper
from notifications.rendering.rendered import RenderedPaper

Content = dict[str, Any]
# The number series of papers on cities and counties (创新型城市); an office that has none of its own uses the other.
PLACE = "place"
INSTEAD = {PLACE: "request"}


def nothing_missing(draft: Draft) -> list[str]:
    """No condition beyond a valid form."""
    return []


def nothing_follows(draft: Draft, actor: Actor) -> None:
    """Nothing happens when the draft is sent for checking, passed on or given up."""


def confers_nothing(draft: Draft) -> str:
    """No legal status."""
    return LegalEffect.NONE


@dataclass(frozen=True)
class PaperKind:
    """A kind of paper (文种与用途).

    `compose` gives the content (see notifications.rendering.document), with `to` and `cc` as organisations' ids;
    `missing` the reasons why the draft cannot go on; `sent` runs when it is sent for checking, `passed` when the
    reviewer passed it on, `dropped` when it is given up; `signed` performs the act that the signature brings about, in
    the signature's transaction; `series` names the number series of the issuing organisation, `series_of` that of a
    draft where it depends on what the draft is about; `act` is the
    transition's name in words for the sign-off page; `editor` the address name (taking the draft's id) of a page where
    more than the form is edited; `page` the address of what the draft is about; `panel` what else its sign-off page
    shows, with the template's name under `template`; `adapt` puts a form into the words of what a draft is about;
    `named(subject)` gives label and act in the words of the subject, given itself or by its key, where these differ;
    `press` typesets a paper that is a whole publication of its own design; any other is set as the format of its
    content says.
    """

    code: str
    label: str | Promise
    act: str | Promise
    series: str
    compose: Callable[[Draft], Content]
    signed: Callable[[Draft, Paper, Actor], None]
    form: type[forms.Form] | None = None
    missing: Callable[[Draft], list[str]] = nothing_missing
    sent: Callable[[Draft, Actor], None] = nothing_follows
    confers: Callable[[Draft], str] = confers_nothing
    published: bool = False
    editor: str = ""
    page: Callable[[Draft], str] | None = None
    passed: Callable[[Draft, Actor], None] = nothing_follows
    dropped: Callable[[Draft, Actor], None] = nothing_follows
    panel: Callable[[Draft, Actor], Content] | None = None
    version: str = "1"
    adapt: Callable[[Draft, forms.Form], None] | None = None
    named: Callable[[Model | UUID], tuple[str, str]] | None = None
    series_of: Callable[[Draft], str] | None = None
    press: Callable[[Paper], RenderedPaper] | None = None

    def series_for(self, draft: Draft) -> str:
        """The number series in which the issuing office's paper of a draft counts; its own where that has a code."""
        key = self.series_of(draft) if self.series_of else self.series
        return key if draft.tenant.series.get(key) else INSTEAD.get(key, key)

    def label_for(self, subject: Model | UUID) -> str:
        """What a paper on that subject is called."""
        return self.named(subject)[0] if self.named else str(self.label)

    def act_for(self, subject: Model | UUID) -> str:
        """What its signature brings about, in words."""
        return self.named(subject)[1] if self.named else str(self.act)

    def form_for(self, draft: Draft, *args: Any, **kwargs: Any) -> forms.Form:
        """Its form for a draft, in the words of what the draft is about. Only of a kind that has a form."""
        assert self.form is not None, "a kind without a form is not filled in"
        form = self.form(*args, **kwargs)
        if self.adapt is not None:
            self.adapt(draft, form)
        return form


_kinds: dict[str, PaperKind] = {}


def register(kind: PaperKind) -> PaperKind:
    """Declare a kind of paper; called by each room when it is ready."""
    _kinds[kind.code] = kind
    return kind


def kind_of(code: str) -> PaperKind:
    """The kind of that code; KeyError where no room declared it."""
    return _kinds[code]


def kinds() -> dict[str, PaperKind]:
    """All kinds by code."""
    return dict(_kinds)
