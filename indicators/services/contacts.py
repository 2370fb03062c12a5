"""The working group (工作小组, P-IV.4a): each of the ten departments names whom one may ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import OrganisationKind
from accounts.models import Organisation
from indicators.models import Contact
from workflow import instants
from workflow.machine import Refused

GROUP = (OrganisationKind.LEAD, OrganisationKind.DEPARTMENT)


@dataclass(frozen=True)
class Member:
    """A department of the group, whom it names now, and whom it named before."""

    office: Organisation
    contact: Contact | None
    former: list[Contact]


def names(actor: Actor) -> bool:
    """Whether the actor may name the contact of their department."""
    return actor.organisation.kind in GROUP and (actor.is_handler or actor.is_admin)


def members() -> list[Member]:
    """The ten departments in the order of the text."""
    rows: dict[object, list[Contact]] = {}
    for row in Contact.objects.order_by("-since", "-named_at"):
        rows.setdefault(row.tenant_id, []).append(row)
    found = []
    for office in Organisation.objects.filter(kind__in=GROUP, active=True).order_by("order", "code"):
        own = rows.get(office.pk, [])
        now = next((row for row in own if row.until is None), None)
        found.append(Member(office, now, [row for row in own if row.until is not None]))
    return found


@transaction.atomic
def name_contact(actor: Actor, *, name: str, post: str, phone: str, since: dt.date) -> Contact:
    """Name the contact of one's department; the one before ends the day before. Raises Refused."""
    if not names(actor):
        raise Refused([_("联络员由工作小组成员单位的经办人或管理员指定。")])
    if since > instants.today():
        raise Refused([_("起始日期不能晚于今天。")])
    before = Contact.objects.select_for_update().filter(tenant=actor.organisation, until=None).first()
    if before is not None:
        if since < before.since:
            raise Refused([_("起始日期不能早于现任联络员的起始日期 %s。") % before.since.isoformat()])
        before.until = max(before.since, since - dt.timedelta(days=1))
        before.save(update_fields=["until"])
    told = {"name": name.strip(), "post": post.strip(), "phone": phone.strip(), "since": since}
    return Contact.objects.create(tenant=actor.organisation, named_by=actor.person, **told)
