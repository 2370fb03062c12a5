"""An index version is checked, signed by the three departments on one digest, and frozen when a year uses it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import GrantLevel, PostRole
from accounts.granting import open_dossier
from accounts.models import Organisation
from accounts.scope import enter
from indicators import rules_index as rules
from indicators.enums import RankingList
from indicators.enums_policy import IN_FORCE, IndexStatus
from indicators.models import IndexSignature, IndexVersion
from indicators.services.index_versions import ask, draft
from indicators.transitions_index import versions as machine
from notifications.notices import notify
from workflow import instants, outbox, todo
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event, Task

SENT_BACK = "indicators.index_sent_back"
TO_SIGN = "sign_index"


@transaction.atomic
def send_to_check(version: IndexVersion, actor: Actor) -> Event:
    """The handler of 省科技厅 sends a draft to be checked. Raises Refused with all that is wrong with it."""
    event = machine.perform(version, "check", actor)
    todo.close(version, actor, "draft_index", "mend_index")
    ask(version, "check_index", recorded("核对指标体系：%(title)s（第 %(n)d 版）"), PostRole.REVIEWER)
    return event


@transaction.atomic
def give_back(version: IndexVersion, reason: str, actor: Actor) -> Event:
    """The reviewer gives it back to be mended; the reason is compulsory."""
    event = machine.perform(version, "give_back", actor, reason=_said(reason))
    todo.close(version, actor, "check_index")
    ask(version, "mend_index", recorded("修改指标体系：%(title)s（第 %(n)d 版）"), PostRole.HANDLER)
    return event


@transaction.atomic
def pass_on(version: IndexVersion, actor: Actor) -> Event:
    """The reviewer found it in order: its content gets its digest and goes to the three signers."""
    digest = version.content_digest()
    event = machine.perform(version, "pass_on", actor, data={"digest": digest}, changes={"digest": digest})
    todo.close(version, actor, "check_index")
    for office in Organisation.objects.filter(pk__in=rules.signatories(version)):
        open_dossier(version.dossier, version.tenant_id, office, GrantLevel.ACT, actor.organisation)
        todo.assign(
            version,
            TO_SIGN,
            recorded("签发指标体系：%(title)s（第 %(n)d 版）") % {"title": version.title, "n": version.number},
            version.get_absolute_url(),
            dossier=version.dossier,
            organisation=office,
            role=PostRole.SIGNER,
            by=version.tenant,
        )
    return event


@transaction.atomic
def sign(version: IndexVersion, digest: str, actor: Actor) -> IndexSignature:
    """A department's signer signs the content of that digest; the third signature puts the version in force.

    Raises Refused where the content is another than the one that was read, or the department has signed.
    """
    if version.signatures.filter(tenant=actor.organisation, dropped_at=None).exists():
        raise Refused([_("贵单位已经签发这一版。")])
    if not digest == version.digest == version.content_digest():
        raise Refused([_("内容与您看到的不一致，请刷新页面后重新核对。")])
    machine.perform(version, "sign", actor, data={"digest": digest})
    signature = IndexSignature.objects.create(
        version=version,
        tenant=actor.organisation,
        dossier=version.dossier,
        person=actor.person,
        name=actor.person.name,
        digest=digest,
        signed_at=instants.now(),
    )
    own = Task.objects.filter(subject_id=version.pk, organisation=actor.organisation, kind=TO_SIGN, done_at=None)
    own.update(done_at=instants.now(), done_by=actor.person)
    if not rules.signatures_missing(version):
        _complete(version, actor)
    return signature


def _complete(version: IndexVersion, actor: Actor) -> None:
    event = machine.perform(version, "complete", actor, changes={"signed_at": instants.now()})
    before = IndexVersion.objects.filter(
        ranking=version.ranking, status__in=IN_FORCE, valid_from__gte=version.valid_from, number__lt=version.number
    )
    for older in before:
        machine.perform(older, "supersede", actor, data={"by": version.number})
    told = recorded("指标体系已由三部门签发：%(title)s（第 %(n)d 版）") % {"title": version.title, "n": version.number}
    notify(event, version.tenant, told, version.get_absolute_url())


@transaction.atomic
def send_back(version: IndexVersion, reason: str, actor: Actor) -> Event:
    """Back to the draft: signatures already given are dropped, and stay on record. The reason is compulsory."""
    live = version.signatures.filter(dropped_at=None)
    names = list(live.order_by("signed_at").values_list("name", flat=True))
    event = machine.perform(
        version, "reopen", actor, reason=_said(reason), data={"dropped": names}, changes={"digest": ""}
    )
    live.update(dropped_at=instants.now(), dropped_reason=reason.strip()[:500])
    outbox.follow(event, SENT_BACK, str(event.pk), {"version": str(version.pk)}, version.tenant)
    told = recorded("指标体系已退回起草：%(title)s（第 %(n)d 版）") % {"title": version.title, "n": version.number}
    notify(event, version.tenant, told, version.get_absolute_url(), event.reason)
    return event


@outbox.effect(SENT_BACK)
def when_sent_back(payload: dict[str, Any]) -> None:
    """Nobody is asked to sign any longer; the handler is asked to mend."""
    version = IndexVersion.objects.select_related("tenant").get(pk=payload["version"])
    Task.objects.filter(subject_id=version.pk, kind=TO_SIGN, done_at=None).update(done_at=instants.now())
    if version.status == IndexStatus.DRAFT:
        ask(version, "mend_index", recorded("修改指标体系：%(title)s（第 %(n)d 版）"), PostRole.HANDLER)


@transaction.atomic
def freeze(version: IndexVersion, actor: Actor | None = None) -> None:
    """A year's computation used the version; from now on it is fixed. Nothing happens to one that is frozen already."""
    if version.status == IndexStatus.SIGNED:
        machine.perform(version, "freeze", actor, changes={"frozen_at": instants.now()})


def sign_default(ranking: RankingList | str, people: Mapping[str, Actor]) -> IndexVersion:
    """Draft, check and sign the default version of a list, each act in the scope of who acts.

    `people`: `handler`, `reviewer` and `signer` of 省科技厅, `development` and `statistics` the signers of 省发改委
    and 省统计局.
    """
    with enter(people["handler"].scope):
        version = draft(ranking, people["handler"])
        send_to_check(version, people["handler"])
    with enter(people["reviewer"].scope):
        pass_on(version, people["reviewer"])
    for name in ("signer", "development", "statistics"):
        with enter(people[name].scope):
            found = IndexVersion.objects.get(pk=version.pk)
            sign(found, found.digest, people[name])
    with enter(people["handler"].scope):
        version.refresh_from_db()
    return version


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([_("请写明退回的理由，以便修改。")])
    return reason.strip()
