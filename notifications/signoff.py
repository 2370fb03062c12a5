"""Sign-off of a draft: send, pass on, send back, sign, cancel; the signature brings the act about."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from accounts.models import Person, Post
from notifications import papers
from notifications.enums import DraftStatus
from notifications.kinds import kind_of
from notifications.models import Draft, Paper
from notifications.transitions import draft as machine
from workflow import bars, ledger, todo
from workflow.enums import Audience
from workflow.ledger import recorded, subject_type
from workflow.machine import Refused

OPEN = (DraftStatus.DRAFTING, DraftStatus.CHECKING, DraftStatus.SIGNING)


def open_draft_of(kind: str, subject: models.Model, tenant_id: UUID) -> Draft | None:
    """The open draft of a kind for a subject in an office."""
    return Draft.objects.filter(kind=kind, subject_id=subject.pk, tenant_id=tenant_id, status__in=OPEN).first()


@transaction.atomic
def start(
    kind: str, subject: models.Model, dossier: UUID, title: str, actor: Actor, fields: dict[str, Any] | None = None
) -> Draft:
    """Start a draft for a subject, or give the one that is open already."""
    found = open_draft_of(kind, subject, actor.organisation.pk)
    if found:
        return found
    if not actor.is_handler:
        raise Refused([_("只有经办人可以拟稿。")])
    if reasons := bars.reasons(actor, dossier):
        raise Refused(reasons)
    draft = Draft.objects.create(
        tenant=actor.organisation,
        dossier=dossier,
        kind=kind,
        subject_type=subject_type(subject),
        subject_id=subject.pk,
        title=title,
        fields=fields or {},
        handler=actor.person,
    )
    _ask(draft, PostRole.HANDLER, actor)
    return draft


@transaction.atomic
def save_fields(draft: Draft, fields: dict[str, Any], actor: Actor) -> None:
    """Keep what the handler wrote; a draft under check or for signature is not changed."""
    locked = Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
    if locked.status != DraftStatus.DRAFTING:
        raise Refused([_("文稿已送审，不能修改；如需修改请先由审核人或签发人退回。")])
    if not actor.is_handler or actor.organisation.pk != locked.tenant_id:
        raise Refused([_("只有本单位经办人可以修改文稿。")])
    if reasons := bars.reasons(actor, locked.dossier):
        raise Refused(reasons)
    locked.fields = fields
    locked.save(update_fields=["fields", "changed_at"])
    draft.refresh_from_db()


@transaction.atomic
def send(draft: Draft, actor: Actor) -> None:
    """送审: the handler sends the draft to the office's reviewer."""
    machine.perform(draft, "send", actor, changes={"handler": actor.person, "reviewer": None, "remark": ""})
    kind_of(draft.kind).sent(draft, actor)
    papers.composed(draft)
    todo.close(draft, actor)
    _ask(draft, PostRole.REVIEWER, actor)


@transaction.atomic
def pass_on(draft: Draft, actor: Actor) -> None:
    """审核通过: the reviewer passes the draft on to the signer."""
    machine.perform(draft, "pass_on", actor, changes={"reviewer": actor.person})
    todo.close(draft, actor)
    _ask(draft, PostRole.SIGNER, actor)
    kind_of(draft.kind).passed(draft, actor)


@transaction.atomic
def send_back(draft: Draft, actor: Actor, remark: str) -> None:
    """退回修改: the reviewer or the signer sends the draft back, with what is to be changed."""
    if not remark.strip():
        raise Refused([_("请写明退回修改的意见。")])
    machine.perform(draft, "send_back", actor, reason=remark, changes={"remark": remark, "reviewer": None})
    todo.close(draft, actor)
    _ask(draft, PostRole.HANDLER, actor)


@transaction.atomic
def cancel(draft: Draft, actor: Actor, reason: str) -> None:
    """作废: the handler gives a draft up."""
    machine.perform(draft, "cancel", actor, reason=reason)
    todo.close(draft, actor)
    kind_of(draft.kind).dropped(draft, actor)


@transaction.atomic
def hand_over(draft: Draft, to: Person, actor: Actor) -> None:
    """Another handler of the office goes on with a draft; who did what on it before stays on record. Raises Refused."""
    locked = Draft.objects.select_for_update(no_key=True, of=("self",)).select_related("handler").get(pk=draft.pk)
    if actor.organisation.pk != locked.tenant_id or not (actor.is_admin or actor.person.pk == locked.handler_id):
        raise Refused([_("只有拟稿人本人或单位管理员可以移交文稿。")])
    _give_to(locked, to, actor)
    draft.refresh_from_db()


@transaction.atomic
def hand_over_in(dossier: UUID, person: Person, to: Person, actor: Actor) -> int:
    """Another handler goes on with a person's drafts of one dossier; how many. Raises Refused.

    For the act of a head of the office by which the person leaves the dossier, who may decide that is asked there.
    """
    if not (actor.is_reviewer or actor.is_signer):
        raise Refused([_("只有本单位审核人或签发人可以移交本案的文稿。")])
    rows = Draft.objects.select_for_update(no_key=True, of=("self",)).filter(
        tenant=actor.organisation, dossier=dossier, handler=person, status=DraftStatus.DRAFTING
    )
    drafts = list(rows.select_related("handler").order_by("created_at"))
    for draft in drafts:
        _give_to(draft, to, actor)
    return len(drafts)


def _give_to(locked: Draft, to: Person, actor: Actor) -> None:
    if locked.status != DraftStatus.DRAFTING:
        raise Refused([_("文稿已送审，由审核人、签发人办理；退回后由本单位任一经办人接着办。")])
    posts = Post.objects.in_force().filter(person=to, organisation_id=locked.tenant_id, role=PostRole.HANDLER)
    if not posts.exists():
        raise Refused([_("%(person)s现在不是本单位的经办人，不能接办文稿。") % {"person": to}])
    before, locked.handler = locked.handler, to
    locked.save(update_fields=["handler", "changed_at"])
    ledger.append(
        locked,
        "hand_over",
        recorded("移交拟稿人"),
        actor,
        dossier=locked.dossier,
        before=before.name[:30] if before else "",
        after=to.name[:30],
        audience=Audience.OFFICE,
    )


@transaction.atomic
def lapse(draft: Draft, why: str) -> None:
    """What the draft was about is over: it is cancelled by nobody's hand, and says why. For the worker."""
    machine.perform(draft, "lapse", None, reason=why, changes={"remark": why})


@transaction.atomic
def sign(draft: Draft, actor: Actor) -> Paper:
    """签发: the signature numbers the paper and performs the act, in one transaction; its PDF follows."""
    machine.perform(draft, "sign", actor, changes={"signer": actor.person})
    paper = papers.issue(draft, actor)
    todo.close(draft, actor)
    kind_of(draft.kind).signed(draft, paper, actor)
    return paper


def _ask(draft: Draft, role: PostRole, actor: Actor) -> None:
    verb = {PostRole.HANDLER: recorded("拟稿"), PostRole.REVIEWER: recorded("审核"), PostRole.SIGNER: recorded("签发")}[
        role
    ]
    todo.assign(
        draft,
        f"draft_{role.value}",
        recorded("%(verb)s：%(title)s") % {"verb": verb, "title": draft.title},
        draft.get_absolute_url(),
        dossier=draft.dossier,
        organisation=actor.organisation,
        role=role,
        by=actor.organisation,
    )
