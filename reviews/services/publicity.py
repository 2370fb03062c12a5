"""T10 and T11: what is recommended is made public, its result is published, an upheld objection sends the case back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from applications.queries import area_in_words
from notifications.models import Paper
from notifications.notices import notify
from reviews import periods, periods_city, rules
from reviews.enums_publicity import ObjectionStatus, PublicityResult
from reviews.models import Case, Objection, Publicity
from reviews.services.asking import ask_office, owner_address
from reviews.transitions import case as case_machine
from workflow import clocks, instants, ledger, todo
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

SHORTEST = 5
UPHELD_NOTE = "公示期间收到的异议经核实成立，本次公示终止，将重新形成联审结论。"


def period(start: dt.date | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of a public notice that starts on a day (default today): five working days at least."""
    first = start or instants.today()
    return first, due(max(value("publicity_days"), SHORTEST), first).date


def public_summary(case: Case) -> dict[str, Any]:
    """What the public may know of a filing before it is decided: nothing of the plan beyond this."""
    content = case.version.content
    boundary = content["boundary"] or {}
    return {
        **({"kind": content["kind"]} if content.get("kind") else {}),
        "park_name": content["park_name"],
        "applicant": content["applicant"]["name"],
        "city_code": case.filing.place.city_id,
        "host_zone": (content["host_zone"] or {}).get("name", ""),
        "area_km2": boundary.get("area_km2", ""),
        "area": area_in_words(case.version),
        "four_sides": content["four_sides"],
        "industries": [row["name"] for row in content["industries"] if row["name"]],
        "industry_codes": [[row["name"], row.get("code", "")] for row in content["industries"] if row["name"]],
        "geojson": boundary.get("geojson"),
    }


@transaction.atomic
def publish(case: Case, contact: str, phone: str, paper: Paper, actor: Actor) -> Publicity:
    """T10: the signed notice opens the period in which anybody may object."""
    first, last = period(paper.issued_on)
    conclusion = case.conclusion
    assert conclusion is not None, "what goes into publicity was concluded"
    event = case_machine.perform(case, "publish", actor, data={"paper": paper.number}, changes={"due_on": last})
    notice = Publicity.objects.create(
        dossier=case.dossier,
        tenant_id=case.tenant_id,
        case=case,
        conclusion=conclusion,
        paper=paper,
        summary=public_summary(case),
        starts_on=first,
        ends_on=last,
        contact=contact,
        phone=phone,
        sample=case.sample,
    )
    todo.close(case, actor, "publish", "report")
    words = {"park": case.filing.park_name, "from": first.isoformat(), "to": last.isoformat()}
    title = recorded("公布公示结果：%(park)s") % words
    ask_office(notice, "publicity", title, case.get_absolute_url(), case, actor.organisation, actor, last)
    clocks.stop(case.dossier, "publicity", event)
    periods.begin_until(periods.PUBLICITY, notice, event, case.get_absolute_url(), organisation=actor.organisation)
    told = recorded("%(park)s开始公示（%(from)s至%(to)s）") % words
    notify(event, case.tenant, told, owner_address(case))
    notify(event, actor.organisation, told, case.get_absolute_url())
    return notice


@transaction.atomic
def publish_result(notice: Publicity, note: str, actor: Actor) -> Event:
    """The period is over and every objection is answered: the result note goes on the public page."""
    locked = Publicity.objects.select_for_update(no_key=True).get(pk=notice.pk)
    reasons = _against_result(locked, note, actor)
    if reasons:
        raise Refused(reasons)
    case = Case.objects.select_related("filing", "tenant").get(pk=locked.case_id)
    answered = Objection.objects.filter(publicity=locked, status=ObjectionStatus.ANSWERED).exists()
    locked.result = PublicityResult.SETTLED if answered else PublicityResult.UNDISPUTED
    locked.result_note, locked.closed_at = note.strip(), timezone.now()
    locked.save(update_fields=["result", "result_note", "closed_at"])
    event = ledger.append(
        locked,
        "publish_result",
        recorded("公布公示结果"),
        actor,
        dossier=locked.dossier,
        after=locked.result,
        basis="T10",
        reason=locked.result_note,
    )
    todo.close(locked, actor, "publicity")
    title = recorded("报省政府审定：%(park)s") % {"park": case.filing.park_name}
    clock = periods.go_on_reporting(case, locked, event, actor.organisation)
    ask_office(case, "report", title, case.get_absolute_url(), case, actor.organisation, actor, clock.due_on, clock)
    Case.objects.filter(pk=case.pk).update(due_on=clock.due_on)
    told = recorded("%(park)s公示结束") % {"park": case.filing.park_name}
    notify(event, case.tenant, told, owner_address(case))
    notify(event, actor.organisation, told, case.get_absolute_url())
    notice.refresh_from_db()
    return event


def _against_result(notice: Publicity, note: str, actor: Actor) -> list[str]:
    if not rules.is_lead_handler(actor, notice):
        return [_("只有省科技厅的经办人可以公布公示结果。")]
    if notice.closed_at is not None:
        return [_("公示结果已经公布。")]
    found = [*rules.publicity_running(notice), *rules.objections_open(notice.case)]
    return found if note.strip() else [*found, _("请写明公示结果。")]


@transaction.atomic
def uphold(notice: Publicity, actor: Actor) -> Event:
    """T11: an upheld objection ends the notice, and the case goes back for another conclusion."""
    case = Case.objects.select_related("filing", "tenant").get(pk=notice.case_id)
    event = case_machine.perform(case, "uphold", actor, changes={"due_on": due(value("report_days")).date})
    if notice.closed_at is None:
        Publicity.objects.filter(pk=notice.pk).update(
            result=PublicityResult.UPHELD, result_note=UPHELD_NOTE, closed_at=timezone.now()
        )
    else:
        Publicity.objects.filter(pk=notice.pk).update(result=PublicityResult.UPHELD, result_note=UPHELD_NOTE)
    todo.close(notice, actor, "publicity")
    todo.close(case, actor, "report")
    title = recorded("重新形成结论：%(park)s") % {"park": case.filing.park_name}
    lead = the_lead()
    ask_office(case, "conclude", title, case.get_absolute_url(), case, lead, actor, case.due_on)
    clocks.finish_all(case.dossier, event, but=periods_city.OUTLIVING)
    address, days = case.get_absolute_url(), value("report_days")
    periods.begin(periods.CONCLUSION, case, event, lead, address, days=days)
    told = recorded("%(park)s公示终止：异议成立，重新形成结论") % {"park": case.filing.park_name}
    notify(event, case.tenant, told, owner_address(case))
    return event
