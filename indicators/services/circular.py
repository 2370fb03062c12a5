"""T17: the year's circular (通报) is drafted from a proposed run, countersigned, and its signature releases the run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from indicators import queries, queries_public
from indicators.enums import Programme, RunStatus
from indicators.models import Cosignature, Run
from indicators.rules_index import DEVELOPMENT
from indicators.services import running
from notifications import papers, signoff
from notifications.enums import Topic
from notifications.models import Draft, Paper
from notifications.notices import notify
from notifications.rendering import wording_circular, wording_circular_city
from notifications.rendering.coverage import in_signs_of_papers
from workflow import ledger, todo
from workflow.enums import Audience
from workflow.ledger import digest, recorded
from workflow.machine import Refused

KIND = "circular"
TITLES = {Programme.PARK: wording_circular.TITLE, Programme.CITY: wording_circular_city.TITLE}
# Who signs beside 省科技厅: P-II.2.4a for parks, C-V.4b for cities and counties.
COSIGNERS = {Programme.PARK: (DEVELOPMENT, queries.STATISTICS), Programme.CITY: (queries.STATISTICS,)}
# What makes another wording: not the day, the copies, the signer or what is said of the countersignatures.
WORDING = ("title", "addressees", "body", "attachments", "appendices")
Content = Mapping[str, Any]


def cosigners(run: Run) -> list[Organisation]:
    """省发改委 and 省统计局 for parks, 省统计局 for cities, as far as the operator has named them."""
    named = [queries.office_of(label) for label in COSIGNERS[Programme(run.programme)]]
    offices = Organisation.objects.in_bulk([one for one in named if one])
    return [offices[one] for one in named if one in offices]


def title_of(run: Run) -> str:
    """The title of a run's circular."""
    return TITLES[Programme(run.programme)].format(year=run.year)


def start_circular(run: Run, actor: Actor) -> Draft:
    """Draft the circular of a proposed run, or give the open draft; for the lead's handler. Raises Refused."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("通报由省科技厅经办人拟稿。")])
    if run.status != RunStatus.PROPOSED:
        raise Refused([_("请先提请发布，再起草通报。")])
    return signoff.start(KIND, run, run.dossier, title_of(run), actor)


def wording_digest(content: Content) -> str:
    """The digest of the words that the departments countersign."""
    return digest(in_signs_of_papers({name: content.get(name) for name in WORDING}))


@transaction.atomic
def ask_cosignatures(run: Run, draft: Draft, content: Content, actor: Actor) -> list[Cosignature]:
    """Put the circular before the two departments; who spoke on these very words is not asked again."""
    now = wording_digest(content)
    spoken = set(Cosignature.objects.filter(draft=draft, digest=now).values_list("tenant_id", flat=True))
    asked = [office for office in cosigners(run) if office.pk not in spoken]
    if not asked:
        return []
    for former in Cosignature.objects.filter(run=run):
        todo.close(former, actor)
    event = ledger.append(
        run,
        "ask_cosignatures",
        recorded("通报送会签"),
        actor,
        dossier=run.dossier,
        basis="T17",
        data={"digest": now, "offices": [office.name for office in asked]},
        audience=Audience.AUTHORITY,
    )
    title = recorded("会签《%(title)s》") % {"title": title_of(run)}
    rows = []
    for office in asked:
        open_dossier(run.dossier, run.tenant_id, office, GrantLevel.READ, actor.organisation)
        row = Cosignature.objects.create(
            dossier=run.dossier,
            tenant=office,
            requested_by=actor.organisation,
            run=run,
            draft=draft,
            content=in_signs_of_papers(dict(content)),
            digest=now,
        )
        todo.assign(
            row,
            "cosign_circular",
            title,
            row.get_absolute_url(),
            dossier=run.dossier,
            organisation=office,
            role=PostRole.SIGNER,
            by=actor.organisation,
        )
        notify(event, office, title, row.get_absolute_url(), topic=Topic.TASK)
        rows.append(row)
    return rows


@transaction.atomic
def cosign(row: Cosignature, agrees: bool, reason: str, actor: Actor) -> Cosignature:
    """The department's signer agrees to the circular, or objects and says why. Raises Refused."""
    locked = Cosignature.objects.select_for_update(no_key=True, of=("self",)).select_related("run").get(pk=row.pk)
    if actor.organisation.pk != locked.tenant_id or not actor.is_signer:
        raise Refused([_("通报由本部门签发人会签。")])
    if locked.signed_at is not None:
        raise Refused([_("本部门已经会签。")])
    if locked.run.status != RunStatus.PROPOSED or is_outdated(locked):
        raise Refused([_("通报已修改、签发或撤回，不再会签这一稿。")])
    if not agrees and not reason.strip():
        raise Refused([_("请写明不同意见和理由。")])
    locked.agreed, locked.reason = agrees, "" if agrees else reason.strip()
    locked.signer, locked.signer_name, locked.signed_at = actor.person, actor.person.name, timezone.now()
    locked.save(update_fields=["agreed", "reason", "signer", "signer_name", "signed_at"])
    event = ledger.append(
        locked,
        "cosign",
        recorded("会签通报：同意") if agrees else recorded("会签通报：有不同意见"),
        actor,
        dossier=locked.dossier,
        basis="T17",
        reason=locked.reason,
        data={"digest": locked.digest},
        audience=Audience.AUTHORITY,
    )
    todo.close(locked, actor)
    said = recorded("%(office)s已会签通报") if agrees else recorded("%(office)s对通报有不同意见")
    title = said % {"office": actor.organisation.short_name}
    # The draft itself is another office's: its address is all that is known here.
    notify(event, locked.requested_by, title, reverse("notifications:draft", args=[locked.draft_id]), locked.reason)
    return locked


def is_outdated(row: Cosignature) -> bool:
    """Whether the department was asked on another wording since."""
    return Cosignature.objects.filter(run=row.run_id, tenant=row.tenant_id, asked_at__gt=row.asked_at).exists()


def drop_cosignatures(run: Run, actor: Actor) -> None:
    """The draft was given up: nobody is asked any more."""
    for row in Cosignature.objects.filter(run=run, signed_at=None):
        todo.close(row, actor)


def cosignatures_missing(run: Run, draft: Draft, content: Content) -> list[str]:
    """What of the countersignatures stands in the way of the signature on these words."""
    now = wording_digest(content)
    rows = {row.tenant_id: row for row in Cosignature.objects.filter(run=run, draft=draft, digest=now)}
    found = []
    for office in cosigners(run):
        row = rows.get(office.pk)
        if row is None:
            found.append(
                _("%(office)s还没有会签这一稿；请退回修改，审核通过后重新送会签。") % {"office": office.short_name}
            )
        elif row.agreed is None:
            found.append(_("%(office)s还没有会签。") % {"office": office.short_name})
        elif not row.agreed:
            found.append(_("%(office)s对通报有不同意见；请协商、修改后重新送会签。") % {"office": office.short_name})
    return found


@transaction.atomic
def publish(run: Run, actor: Actor, paper: Paper) -> Run:
    """The signature: the run is released, and with it the ranking, the open data and the notices.

    The circular of an earlier run of the year is replaced by this one. Raises Refused.
    """
    released = running.release(run, actor, paper)
    former = queries_public.runs_of(run.programme, run.year)
    papers.supersede([one.paper for one in former if one.paper and one.number < run.number], paper)
    released.published_at = released.released_at
    released.save(update_fields=["published_at"])
    return released
