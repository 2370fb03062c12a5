"""What the sign-off page of a draft shows: steps, fields, page, open acts and what blocks them."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.queries import sample_is_loaded
from notifications.enums import DraftStatus
from notifications.forms import CancelForm, RemarkForm, SignForm
from notifications.kinds import PaperKind, kind_of
from notifications.models import Draft
from notifications.queries import history_of, paper_of, place_of
from notifications.rendering.coverage import in_signs_of_papers
from notifications.transitions import draft as machine
from notifications.views import draft_fields
from notifications.views.sheet import sheet
from workflow.machine import Refused
from workflow.models import Event

log = logging.getLogger(__name__)

TAGS = {
    DraftStatus.DRAFTING: "waiting",
    DraftStatus.CHECKING: "progress",
    DraftStatus.SIGNING: "progress",
    DraftStatus.SIGNED: "done",
    DraftStatus.CANCELLED: "ended",
}
STAGES = (
    (DraftStatus.DRAFTING, PostRole.HANDLER, "handler", "send"),
    (DraftStatus.CHECKING, PostRole.REVIEWER, "reviewer", "pass_on"),
    (DraftStatus.SIGNING, PostRole.SIGNER, "signer", "sign"),
)
ROLES_OF_ACT = {
    "send": {PostRole.HANDLER},
    "cancel": {PostRole.HANDLER},
    "pass_on": {PostRole.REVIEWER},
    "send_back": {PostRole.REVIEWER, PostRole.SIGNER},
    "sign": {PostRole.SIGNER},
    "lapse": set(),
}


@dataclass
class DraftPage:
    """One look at a draft by an actor; the acts fill in what they could not do."""

    draft: Draft
    actor: Actor
    form: forms.Form | None = None
    sign_form: SignForm | None = None
    remark_form: RemarkForm | None = None
    cancel_form: CancelForm | None = None
    errors: list[str] = field(default_factory=list)
    typed: list[tuple[str, str]] = field(default_factory=list)
    conflict: list[tuple[str, str, str]] = field(default_factory=list)
    # The version that was shown when the session ended: what is carried rests on it.
    version: str = ""
    carried: bool = False

    @property
    def kind(self) -> PaperKind:
        """The kind of paper that is drafted."""
        return kind_of(self.draft.kind)

    def reasons(self, act: str) -> list[str]:
        """Why the actor may not do this now; who acted already is named."""
        if self._acted_before(act):
            return [self._acted_before(act)]
        return machine.reasons_against(self.draft, act, self.actor)

    def _acted_before(self, act: str) -> str:
        """Names the step at which this very person acted already, where that bars the act."""
        if self.draft.status not in machine[act].sources or act in ("send", "cancel"):
            return ""
        draft, person = self.draft, self.actor.person
        earlier = [(draft.handler, _("经办"))]
        if draft.status == DraftStatus.SIGNING:
            earlier.append((draft.reviewer, _("审核")))
        for before, step in earlier:
            if before is not None and before.pk == person.pk:
                return _("%(name)s 已经%(step)s过本文；同一份文稿的经办、审核、签发必须是三个人。") % {
                    "name": person.name,
                    "step": step,
                }
        return ""

    def ask(self, act: str) -> None:
        """Raise Refused with the reasons, and what happened meanwhile where the page was stale."""
        if reasons := self.reasons(act):
            raise Refused(reasons)

    def refuse(self, reasons: list[str]) -> None:
        """Keep why an act was refused, with what happened last."""
        self.errors = list(reasons)
        last = history_of(self.draft).last()
        if last is not None:
            self.errors.append(
                _("最近一步：%(name)s 于 %(at)s %(act)s。")
                % {"name": last.actor_name, "at": moment(last), "act": _(last.label)}
            )

    def context(self) -> dict[str, Any]:
        """What the template is given."""
        draft = self.draft
        events = list(history_of(draft))
        acts = {act: self.reasons(act) for act in self._acts_of_role()}
        editable = draft.status == DraftStatus.DRAFTING and self.actor.is_handler
        form = self._form()
        paper = paper_of(draft)
        return {
            "draft": draft,
            "kind": self.kind,
            "label": self.kind.label_for(draft.subject_id),
            "act": self.kind.act_for(draft.subject_id),
            "tag": {"kind": TAGS[DraftStatus(draft.status)], "text": draft.get_status_display()},
            "steps": steps(draft, events),
            "events": [_as_line(event) for event in reversed(events)],
            "editable": editable,
            "form": form,
            "values": draft_fields.in_words(form, draft.fields) if form and not editable else [],
            "version": self.version or (draft_fields.version_of(form, draft) if form else ""),
            "marks": json.dumps(draft_fields.marks(form, draft.fields)) if form else "{}",
            "carried": self.carried,
            "acts": acts,
            "blocked": {act: [{"text": reason} for reason in reasons] for act, reasons in acts.items() if reasons},
            "sign_form": self.sign_form or SignForm(person=self.actor.person),
            "remark_form": self.remark_form or RemarkForm(),
            "cancel_form": self.cancel_form or CancelForm(),
            "cancelling": self.cancel_form is not None,
            "errors": [{"text": error} for error in self.errors],
            "typed": self.typed if self.errors else [],
            "conflict": self.conflict,
            "paper": paper,
            "panel": self.kind.panel(draft, self.actor) if self.kind.panel else None,
            "place": place_of(draft),
            "sheet": self._sheet(form, paper),
        }

    def _acts_of_role(self) -> list[str]:
        """The acts that belong to the actor's post at this stage, allowed or blocked."""
        draft = self.draft
        stage = {status: role for status, role, _person, _act in STAGES}.get(DraftStatus(draft.status))
        if self.actor.role != stage:
            return []
        return [
            arrow.name
            for arrow in machine.transitions
            if draft.status in arrow.sources and self.actor.role in ROLES_OF_ACT[arrow.name]
        ]

    def _form(self) -> forms.Form | None:
        if self.kind.form is None:
            return None
        return self.form if self.form is not None else self.kind.form_for(self.draft, initial=self.draft.fields)

    @override(settings.LANGUAGE_CODE)
    def _sheet(self, form: forms.Form | None, paper: Any) -> str:
        """The page as it will print; empty while the fields do not yet make one."""
        if paper is not None:
            return sheet(paper.data)
        number = (
            f"{self.draft.tenant.series.get(self.kind.series_for(self.draft), '')}〔{timezone.localdate().year}〕　号"
        )
        try:
            return sheet({**in_signs_of_papers(self.kind.compose(self.draft)), "sample": sample_is_loaded()}, number)
        except (Refused, KeyError, ValueError, TypeError) as error:
            log.info("draft %s cannot be composed yet: %r", self.draft.pk, error)
            return ""


def steps(draft: Draft, events: list[Event]) -> list[dict[str, Any]]:
    """经办 → 审核 → 签发 with who acted and when; a draft that came back starts again."""
    order = [status for status, *_rest in STAGES]
    reached = order.index(DraftStatus(draft.status)) if draft.status in order else len(order)
    if draft.status == DraftStatus.CANCELLED:
        reached = 0
    found = []
    for place, (_status, role, person, act) in enumerate(STAGES):
        acted = next((event for event in reversed(events) if event.name == act), None)
        who = getattr(draft, person)
        text = {"handler": _("经办"), "reviewer": _("审核"), "signer": _("签发")}[role.value]
        state = "done" if place < reached else "current" if place == reached else "todo"
        if draft.status == DraftStatus.CANCELLED:
            state = "stopped" if place == 0 else "todo"
        if who is not None and place <= reached:
            text += f" · {who.name}"
        if acted is not None and state == "done":
            text += f" · {moment(acted)}"
        found.append({"text": text, "state": state})
    return found


def moment(event: Event) -> str:
    """When something happened, to the minute, in Beijing time."""
    return date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")


def _as_line(event: Event) -> dict[str, Any]:
    return {
        "title": _(event.label),
        "at": event.at,
        "actor": event.actor_name,
        "organisation": event.actor_post,
        "text": event.reason,
        "kind": "warning" if event.name in ("send_back", "cancel") else "done",
    }
