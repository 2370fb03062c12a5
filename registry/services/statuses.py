"""The legal status of a park follows the papers: revoked, restored, recognised, upgraded, ended."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from notifications.models import Paper
from registry.enums import LIVING, ParkStatus
from registry.models import LegalStatus, Park
from workflow import ledger
from workflow.machine import Refused


@transaction.atomic
def revoke_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """取消创建资格 (PK-39): the park leaves the list of those being created in its paper's transaction, never history.

    Raises Refused unless 省政府办公厅 acts on a park that is being created with a paper that revokes it.
    """
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以取消创建资格。")])
    label = _("取消创建资格")
    return follow(park, (ParkStatus.CREATING,), ParkStatus.REVOKED, paper, dossier, actor, label, "P-II.2.6")


@transaction.atomic
def restore_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """撤销取消决定: a revoked park is on the list again, by a paper that puts it there. Raises Refused."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以恢复创建资格。")])
    label = _("恢复创建资格")
    return follow(park, (ParkStatus.REVOKED,), ParkStatus.CREATING, paper, dossier, actor, label, "AMB-33")


@transaction.atomic
def recognise_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """认定 (PK-50): a park that is being created is recognised by 省政府's notice. Raises Refused."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以登记认定。")])
    label = _("认定为省级高新技术产业园区")
    return follow(park, (ParkStatus.CREATING,), ParkStatus.RECOGNISED, paper, dossier, actor, label, "P-II.3.0")


@transaction.atomic
def upgrade_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """升级为国家高新区 (PK-72): by the paper that registers the State Council's 批复. Raises Refused."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以登记国务院的批复。")])
    label = _("升级为国家高新技术产业开发区")
    return follow(park, (ParkStatus.RECOGNISED,), ParkStatus.NATIONAL, paper, dossier, actor, label, "P-II.4g")


@transaction.atomic
def end_park(park: Park, *, paper: Paper, dossier: UUID, actor: Actor) -> LegalStatus:
    """终止 (PK-99): a listed park ends and never lives again; its page and its history stay. Raises Refused."""
    if not actor.is_government:
        raise Refused([_("只有省政府办公厅可以登记园区终止。")])
    return follow(park, LIVING, ParkStatus.ENDED, paper, dossier, actor, _("终止"), "PK-99")


def follow(
    park: Park,
    before: tuple[ParkStatus, ...],
    after: ParkStatus,
    paper: Paper,
    dossier: UUID,
    actor: Actor,
    label: str,
    basis: str,
) -> LegalStatus:
    """The park's next legal status, resting on a paper of the dossier that confers it."""
    locked = Park.objects.select_for_update(no_key=True, of=("self",)).get(pk=park.pk)
    if locked.status not in before:
        words = {"name": locked.name, "status": ParkStatus(locked.status).label}
        raise Refused([_("“%(name)s”现在的状态为“%(status)s”，不能办理。") % words])
    if paper.confers != after or paper.dossier != dossier:
        raise Refused([_("园区的状态应依据本案签发的公文变更。")])
    made = LegalStatus.objects.create(park=locked, status=after, since=paper.issued_on, paper=paper)
    # The register bears what its legal status says; the database ties the two.
    borne = {"status": after.value, "current": made}
    Park.objects.filter(pk=locked.pk).update(**borne)
    ledger.append(
        locked, after, label, actor, dossier=dossier, before=locked.status, after=after, basis=basis,
        data={"slug": locked.slug, "name": locked.name, "paper": str(paper.pk), "number": paper.number},
    )  # fmt: skip
    park.refresh_from_db()
    return made
