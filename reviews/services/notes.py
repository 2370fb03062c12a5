"""Inner discussion of a case and of its sections: write a note, remind offices of it, withdraw one's own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import the_departments, the_lead
from notifications.enums import Topic
from notifications.notices import notify
from reviews.enums import ExpertStatus
from reviews.models import Case, ExpertOpinion, Note, Opinion
from workflow import bars, ledger
from workflow.enums import Audience
from workflow.ledger import digest, recorded
from workflow.machine import Refused


def takes_part(case: Case, actor: Actor) -> bool:
    """Whether the actor's office reviews this case: 省科技厅, a department that was asked, an invited expert."""
    if actor.is_lead:
        return True
    if actor.is_expert:
        rows = ExpertOpinion.objects.filter(case=case, tenant=actor.organisation)
        return rows.exclude(status=ExpertStatus.WITHDRAWN).exists()
    return actor.is_department and Opinion.objects.filter(case=case, tenant=actor.organisation).exists()


@transaction.atomic
def add_note(
    case: Case, text: str, actor: Actor, section: str = "", mentions: list[Organisation] | None = None
) -> Note:
    """Write a note; the offices it mentions are told, once. The ledger keeps its digest, not its words."""
    if not takes_part(case, actor):
        raise Refused([_("只有参加本案审查的单位可以参加内部讨论。")])
    if not (actor.is_handler or actor.is_reviewer or actor.is_signer):
        raise Refused([_("您当前的岗位不参加内部讨论。")])
    if reasons := bars.reasons(actor, case.dossier):
        raise Refused(reasons)
    if not text.strip():
        raise Refused([_("请写明讨论内容。")])
    mentioned = [one for one in mentions or [] if one.pk != actor.organisation.pk]
    note = Note.objects.create(
        dossier=case.dossier,
        tenant=actor.organisation,
        case=case,
        section=section,
        text=text.strip(),
        author=actor.person,
        author_name=actor.person.name,
        mentions=[one.short_name for one in mentioned],
    )
    event = ledger.append(
        note,
        "note",
        recorded("内部讨论"),
        actor,
        dossier=case.dossier,
        data={"digest": digest(note.text), "section": section},
        audience=Audience.OFFICE,
    )
    title = recorded("%(office)s在内部讨论中提到你单位：%(park)s") % {
        "office": actor.organisation.short_name,
        "park": case.filing.park_name,
    }
    for organisation in mentioned:
        notify(
            event,
            organisation,
            title,
            f"{case.get_absolute_url()}?tab=discussion#note-{note.pk}",
            topic=Topic.DISCUSSION,
        )
    return note


def offices_of(case: Case, actor: Actor) -> list[Organisation]:
    """The offices that can be mentioned: 省科技厅 and all that were asked, as far as the scope tells; not one's own.

    A department does not see who else was asked, but everybody knows the nine of the text; so it may mention
    those, and 省科技厅. An expert may mention 省科技厅 alone.
    """
    lead = the_lead()
    if actor.is_expert:
        return [lead]
    if actor.is_lead:
        asked = Organisation.objects.filter(pk__in=Opinion.objects.filter(case=case).values("tenant"))
        invited = ExpertOpinion.objects.filter(case=case).exclude(status=ExpertStatus.WITHDRAWN).values("tenant")
        return [*asked.order_by("order"), *Organisation.objects.filter(pk__in=invited).order_by("order")]
    return [lead, *the_departments().exclude(pk=actor.organisation.pk)]


@transaction.atomic
def withdraw_note(note: Note, reason: str, actor: Actor) -> None:
    """Withdraw one's own note, with a reason; its words stay on record, marked as withdrawn."""
    locked = Note.objects.select_for_update(no_key=True).get(pk=note.pk)
    if locked.author_id != actor.person.pk or locked.tenant_id != actor.organisation.pk:
        raise Refused([_("只能撤回自己写的内容。")])
    if locked.withdrawn_at:
        raise Refused([_("这条内容已经撤回。")])
    if not reason.strip():
        raise Refused([_("请写明撤回的原因。")])
    locked.withdrawn_at, locked.withdrawn_reason = timezone.now(), reason.strip()[:200]
    locked.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    ledger.append(
        locked,
        "withdraw_note",
        recorded("撤回内部讨论"),
        actor,
        dossier=locked.dossier,
        reason=reason,
        audience=Audience.OFFICE,
    )
    note.refresh_from_db()
