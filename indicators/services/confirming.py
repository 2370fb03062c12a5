"""V3: the city's office confirms a figure that is far from last year's, on the record."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.enums import PostRole
from indicators import checking, limits, queries, rules
from indicators.enums import ReturnStatus
from indicators.models import Confirmation, Return
from indicators.services.asking import ask
from workflow import ledger, todo
from workflow.ledger import recorded
from workflow.machine import Refused


def ask_to_confirm(report: Return, actor: Actor) -> None:
    """Put a leap before the city's office as soon as it is written; once, however many there are."""
    title = recorded("核实变化超过 ±300%%的数据：%(name)s%(year)s年度")
    ask(report, "confirm_figure", title, rules.confirming_office(report), PostRole.HANDLER, actor.organisation)


@transaction.atomic
def confirm(report: Return, code: str, reason: str, actor: Actor) -> Confirmation:
    """Say that a figure is right as it stands, and why; another value has to be confirmed anew. Raises Refused."""
    if not rules.confirms(actor, report):
        raise Refused([_("变化超过 ±300%% 的数据由%(office)s核实。") % {"office": rules.confirming_office(report)}])
    if report.status not in (ReturnStatus.FILLING, ReturnStatus.COUNTY, ReturnStatus.CITY):
        raise Refused([_("报表已经报送，不再核实。")])
    if not reason.strip():
        raise Refused([_("请写明核实情况，例如：已查阅企业报表，新投产项目。")])
    waiting = {flaw.code for flaw in checking.outstanding(report) if flaw.needs_city}
    entry = report.entries.filter(code=code).first()
    if code not in waiting or entry is None or entry.value is None:
        raise Refused([_("%(name)s不需要核实。") % {"name": queries.named(code)}])
    said = Confirmation.objects.create(
        tenant_id=report.tenant_id,
        dossier=report.dossier,
        report=report,
        code=code,
        value=entry.value,
        reason=limits.limited(reason, limits.REASON),
        organisation=actor.organisation,
        said_by=actor.person,
    )
    if waiting == {code}:
        todo.close(report, actor, "confirm_figure")
    ledger.append(
        report,
        "confirm_figure",
        recorded("核实数据"),
        actor,
        dossier=report.dossier,
        reason=said.reason,
        data={"code": code, "value": entry.value},
        basis="T15; V3",
    )
    return said
