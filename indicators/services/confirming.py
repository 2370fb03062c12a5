"""V3: the city's office confirms a figure that is far from last year's, on the record."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from indicators import checking, queries, rules
from indicators.enums import ReturnStatus
from indicators.models import Confirmation, Return
from workflow import ledger
from workflow.ledger import recorded
from workflow.machine import Refused


@transaction.atomic
def confirm(report: Return, code: str, reason: str, actor: Actor) -> Confirmation:
    """Say that a figure is right as it stands, and why; another value has to be confirmed anew. Raises Refused."""
    if not rules.confirms(actor, report):
        raise Refused([_("变动超过 ±300%% 的数据由%(office)s核实。") % {"office": rules.confirming_office(report)}])
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
        reason=reason.strip()[:500],
        organisation=actor.organisation,
        said_by=actor.person,
    )
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
