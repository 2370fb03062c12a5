"""What is said under a remark: answered, settled, kept open, taken back; sent with the act that carries it."""

from __future__ import annotations

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.enums import FilingStatus, RemarkAct, RemarkState
from applications.models import Filing, FilingVersion, Remark, RemarkEntry
from applications.services.asking import tell_owner
from workflow import ledger
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused

IN_CHECK = {FilingStatus.FORMAL_CHECK, FilingStatus.RETURNED}


@transaction.atomic
def make_remarks(filing: Filing, rows: list[dict[str, str]], version: FilingVersion | None, actor: Actor) -> None:
    """Write down the remarks of one return as its round; from then on they never change."""
    last = filing.remarks.aggregate(last=models.Max("round"))["last"] or 0
    for row in rows:
        Remark.objects.create(
            tenant_id=filing.tenant_id,
            dossier=filing.dossier,
            filing=filing,
            version=version,
            round=last + 1,
            target=row["target"],
            reason=row.get("reason") or Remark._meta.get_field("reason").default,
            text=row["text"],
            basis=row.get("basis", "")[:60],
            needed=row.get("needed", ""),
            made_by=actor.organisation,
        )


@transaction.atomic
def answer_remark(remark: Remark, answer: str, actor: Actor) -> None:
    """T4: the city answers one remark; an answer changed before it is sent keeps the older one."""
    # Asked first: who may only read the filing cannot lock its row.
    if not (actor.is_handler and actor.organisation.pk == remark.tenant_id):
        raise Refused([_("只有申报单位的经办人可以答复补正意见。")])
    filing = _locked(remark)
    if filing.status != FilingStatus.RETURNED:
        raise Refused([_("申报不在补正环节，补正意见的答复不能再改。")])
    if not answer.strip():
        raise Refused([_("请写明对这条意见的答复。")])
    if remark.state in {RemarkState.SETTLED, RemarkState.CANCELLED}:
        raise Refused([_("这条意见%(state)s，不用再答复。") % {"state": remark.state.label}])
    last = remark.entries.order_by("-at").first()
    if last and last.act == RemarkAct.ANSWER and last.text == answer.strip():
        return
    _say(remark, RemarkAct.ANSWER, answer, actor, recorded("答复补正意见"), basis="T4")


@transaction.atomic
def settle_remark(remark: Remark, text: str, actor: Actor) -> None:
    """省科技厅's handler finds an answer sufficient (核对通过)."""
    _ask_judge(remark, actor, {RemarkState.ANSWERED, RemarkState.UNSETTLED})
    _say(remark, RemarkAct.SETTLE, text, actor, recorded("补正意见核对通过"), basis="T3; T5")


@transaction.atomic
def reopen_remark(remark: Remark, text: str, actor: Actor) -> None:
    """省科技厅's handler finds an answer insufficient (仍须补正), and says why."""
    _ask_judge(remark, actor, {RemarkState.ANSWERED, RemarkState.SETTLED})
    if not text.strip():
        raise Refused([_("请写明还缺什么，申报单位据此再次补正。")])
    _say(remark, RemarkAct.REOPEN, text, actor, recorded("补正意见仍须补正"), basis="T3")


@transaction.atomic
def cancel_remark(remark: Remark, reason: str, actor: Actor) -> None:
    """The office that made a remark takes it back, with a reason; what it said stays."""
    if actor.organisation.pk != remark.made_by_id or not (actor.is_handler or actor.is_reviewer or actor.is_signer):
        raise Refused([_("只有提出意见的单位可以撤销意见。")])
    filing = _locked(remark)
    if filing.status not in IN_CHECK:
        raise Refused([_("形式审查已经结束，补正意见不能再撤销。")])
    if remark.state == RemarkState.CANCELLED:
        raise Refused([_("这条意见已经撤销。")])
    if not reason.strip():
        raise Refused([_("请写明撤销的理由；意见原文和答复都会保留。")])
    entry = _say(remark, RemarkAct.CANCEL, reason, actor, "", basis="T3")
    entry.sent_at = entry.at
    entry.save(update_fields=["sent_at"])
    event = ledger.append(
        remark,
        "cancel_remark",
        recorded("撤销补正意见"),
        actor,
        dossier=filing.dossier,
        basis="T3",
        reason=reason.strip(),
        data={"target": remark.target, "remark": remark.text},
    )
    tell_owner(event, filing, recorded("%(park)s的一条补正意见已撤销"))


def release(filing: Filing, actor: Actor) -> None:
    """Send what the acting office has said under the remarks so far: from now on the other side sees it."""
    RemarkEntry.objects.filter(remark__filing=filing, organisation=actor.organisation, sent_at=None).update(
        sent_at=timezone.now()
    )


def _locked(remark: Remark) -> Filing:
    return Filing.objects.select_for_update(no_key=True).get(pk=remark.filing_id)


def _ask_judge(remark: Remark, actor: Actor, states: set[RemarkState]) -> None:
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以核对答复。")])
    filing = _locked(remark)
    if filing.status != FilingStatus.FORMAL_CHECK:
        raise Refused([_("申报不在形式审查环节，不能核对答复。")])
    if remark.state not in states:
        raise Refused([_("这条意见现在是“%(state)s”，不能这样办理。") % {"state": remark.state.label}])


def _say(remark: Remark, act: RemarkAct, text: str, actor: Actor, label: str, *, basis: str) -> RemarkEntry:
    entry = RemarkEntry.objects.create(
        tenant_id=remark.tenant_id,
        dossier=remark.dossier,
        remark=remark,
        act=act,
        text=text.strip(),
        organisation=actor.organisation,
        person=actor.person,
        person_name=actor.person.name,
    )
    if label:
        ledger.append(
            remark,
            f"{act}_remark",
            label,
            actor,
            dossier=remark.dossier,
            basis=basis,
            data={"target": remark.target, act.value: entry.text},
            audience=Audience.OFFICE,
        )
    return entry
