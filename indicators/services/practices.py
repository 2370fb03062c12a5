"""Good practices: written by a government, returned or proposed by 省科技厅, published by another person (C-V.4c)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.queries import the_lead
from files import services as files
from files.models import Incoming
from files.purposes import Purpose, declare
from indicators.enums_practices import PracticeStatus
from indicators.models import Practice
from indicators.transitions_practices import practices, writes
from notifications.notices import notify
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event

Sent = UploadedFile | Incoming
MIB = 1 << 20
FIELDS = ("title", "dimension", "tags", "year", "text", "source")
WRITE, DECIDE, PUBLISH = "write_practice", "decide_practice", "publish_practice"


def _obstacles(actor: Actor, dossier: UUID) -> list[str] | None:
    row = Practice.objects.filter(dossier=dossier).first()
    if row is None:
        return None
    if row.status != PracticeStatus.DRAFT or not writes(actor, row):
        return [_("只有起草单位的经办人在起草期间可以上传附件。")]
    return []


ATTACHED = declare(Purpose("practice.file", gettext_lazy("优秀做法附件"), _obstacles, limit=50 * MIB))


def may_write(actor: Actor) -> bool:
    """Whether the actor may begin an article: a handler of the government of a city or county."""
    return actor.may_file_for_place and actor.is_handler and actor.organisation.division is not None


@transaction.atomic
def write(told: Mapping[str, Any], actor: Actor, *, sample: bool = False) -> Practice:
    """Begin an article on the actor's own place. Raises Refused."""
    place = actor.organisation.division
    if not may_write(actor) or place is None:
        raise Refused([_("优秀做法由市、县（市、区）人民政府的经办人起草。")])
    row = Practice.objects.create(
        tenant=actor.organisation,
        place=place,
        written_by=actor.person,
        sample=sample,
        **{name: told[name] for name in FIELDS},
    )
    ledger.open_chain(row.dossier, actor.organisation)
    ledger.append(row, "write", recorded("起草优秀做法"), actor, dossier=row.dossier, basis="C-V.4c")
    return row


@transaction.atomic
def rewrite(row: Practice, told: Mapping[str, Any], actor: Actor, sent: Sent | None = None) -> Practice:
    """Change the draft, with another file where one is sent. Raises Refused."""
    locked = Practice.objects.select_for_update(no_key=True).get(pk=row.pk)
    if locked.status != PracticeStatus.DRAFT or not writes(actor, locked):
        raise Refused([_("已经报送的做法不能修改；需要修改的，请省科技厅退回。")])
    for name in FIELDS:
        setattr(locked, name, told[name])
    if sent is not None:
        try:
            upload = files.accept_upload(actor, locked.dossier, sent, ATTACHED)
        except files.UploadRefused as refusal:
            raise Refused([str(refusal)]) from refusal
        locked.file, locked.file_name = upload, upload.name
    locked.save(update_fields=[*FIELDS, "file", "file_name"])
    return locked


@transaction.atomic
def submit(row: Practice, reason: str, actor: Actor) -> Event:
    """Hand it to 省科技厅, which from then on reads the dossier."""
    event = practices.perform(row, "submit", actor, data={name: getattr(row, name) for name in FIELDS})
    lead = the_lead()
    open_dossier(row.dossier, row.tenant_id, lead, GrantLevel.ACT, actor.organisation)
    todo.close(row, actor, WRITE)
    _ask(row, DECIDE, recorded("处理优秀做法：%(title)s"), lead, PostRole.HANDLER, actor)
    return event


def drop(row: Practice, reason: str, actor: Actor) -> Event:
    """The government gives its draft up."""
    with transaction.atomic():
        event = practices.perform(row, "drop", actor, reason=reason.strip())
        todo.close(row, actor, WRITE)
    return event


@transaction.atomic
def give_back(row: Practice, reason: str, actor: Actor) -> Event:
    """省科技厅's handler returns it to its authors, with the reason."""
    event = practices.perform(row, "give_back", actor, reason=_said(reason))
    todo.close(row, actor, DECIDE)
    _ask(row, WRITE, recorded("修改优秀做法：%(title)s"), row.tenant, PostRole.HANDLER, actor)
    notify(event, row.tenant, _titled(row, recorded("优秀做法已退回：%(title)s")), row.get_absolute_url(), reason)
    return event


@transaction.atomic
def propose(row: Practice, reason: str, actor: Actor) -> Event:
    """省科技厅's handler proposes it; another person there decides."""
    event = practices.perform(row, "propose", actor, reason=reason.strip(), changes={"proposed_by": actor.person})
    todo.close(row, actor, DECIDE)
    _ask(row, PUBLISH, recorded("发布优秀做法：%(title)s"), actor.organisation, PostRole.REVIEWER, actor)
    return event


@transaction.atomic
def put_back(row: Practice, reason: str, actor: Actor) -> Event:
    """The other person does not publish it yet, with the reason."""
    event = practices.perform(row, "put_back", actor, reason=_said(reason))
    todo.close(row, actor, PUBLISH)
    _ask(row, DECIDE, recorded("处理优秀做法：%(title)s"), actor.organisation, PostRole.HANDLER, actor)
    return event


@transaction.atomic
def publish(row: Practice, reason: str, actor: Actor) -> Event:
    """From now on everybody reads it."""
    changes = {"published_by": actor.person, "published_at": timezone.now()}
    event = practices.perform(row, "publish", actor, reason=reason.strip(), changes=changes)
    todo.close(row, actor, PUBLISH)
    notify(event, row.tenant, _titled(row, recorded("优秀做法已发布：%(title)s")), row.public_address, row.title)
    return event


@transaction.atomic
def withdraw(row: Practice, reason: str, actor: Actor) -> Event:
    """It is public no longer, with the reason; what was said stays on record."""
    event = practices.perform(row, "withdraw", actor, reason=_said(reason))
    other = the_lead() if actor.organisation.pk == row.tenant_id else row.tenant
    notify(event, other, _titled(row, recorded("优秀做法已撤下：%(title)s")), row.get_absolute_url(), reason)
    return event


def _titled(row: Practice, words: str) -> str:
    return words % {"title": row.title}


def _ask(row: Practice, kind: str, words: str, office: Organisation, role: PostRole, actor: Actor) -> None:
    page, by = row.get_absolute_url(), actor.organisation
    todo.assign(row, kind, _titled(row, words), page, dossier=row.dossier, organisation=office, role=role, by=by)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([_("请写明理由。")])
    return reason.strip()
