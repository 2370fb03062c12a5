"""T8: on-site visits and meetings of the expert panel, with photographs and minutes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.queries import the_lead
from files.models import Upload
from files.services import Sent
from notifications.content import lines
from notifications.models import Paper
from notifications.notices import notify
from reviews import enclosures, periods
from reviews.enums import CaseStatus, ExpertStatus
from reviews.enums_publicity import VisitKind
from reviews.models import Case, Visit, VisitPhoto
from reviews.services.asking import ask_office, owner_address
from reviews.services.enclosing import keep_all
from reviews.words import over
from workflow import bars, clocks, instants, ledger, todo
from workflow.deadlines import due
from workflow.enums import Audience
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.models import Event
from workflow.parameters import value

MOST_PHOTOS = 30


@transaction.atomic
def plan_visit(
    case: Case,
    kind: VisitKind,
    held_on: dt.date,
    place: str,
    participants: str,
    actor: Actor,
    experts: str = "",
) -> Visit:
    """省科技厅 arranges a visit, which the city is told of, or a meeting of experts; minutes follow."""
    reasons = bars.reasons(actor, case.dossier)
    if not (actor.is_lead and actor.is_handler):
        reasons.append(_("只有省科技厅的经办人可以安排现场考察和专家论证。"))
    if case.status != CaseStatus.REVIEWING:
        reasons.append(over(case, _("不能再安排现场考察和专家论证")))
    names = lines(experts)
    if kind == VisitKind.PANEL and not names:
        reasons.append(_("请列出论证专家，每行一人，写明姓名、单位和专业。"))
    if reasons:
        raise Refused(reasons)
    visit = Visit.objects.create(
        dossier=case.dossier,
        tenant=actor.organisation,
        case=case,
        kind=kind,
        held_on=held_on,
        place=place.strip(),
        participants="\n".join(lines(participants)),
        experts=names,
        planned_by=actor.person,
        due_on=due(value("panel_days")).date,
    )
    told = kind == VisitKind.SITE
    event = ledger.append(
        visit, "plan_visit", recorded("安排现场考察") if told else recorded("安排专家论证会"), actor,
        dossier=case.dossier, basis="T8", data={"held_on": held_on, "place": place},
        audience=Audience.DOSSIER if told else Audience.AUTHORITY,
    )  # fmt: skip
    words = {
        "park": case.filing.park_name,
        "day": held_on.isoformat(),
        "place": place,
        "what": visit.get_kind_display(),
    }
    if told:
        # Begun before the task, which is due earlier: some days after the visit itself.
        periods.begin_until(periods.VISIT, visit, event, visit_address(visit), audience=Audience.AUTHORITY)
    title = recorded("形成%(what)s纪要：%(park)s") % words
    after = due(value("minutes_days"), max(held_on, instants.today())).date
    ask_office(visit, "visit", title, visit_address(visit), case, actor.organisation, actor, after)
    if not told:
        _start_panel(case, event, actor)
    if told:
        title = recorded("%(day)s现场考察%(park)s，地点：%(place)s") % words
        notify(event, case.tenant, title, owner_address(case))
    return visit


def _start_panel(case: Case, event: Event, actor: Actor) -> None:
    """The expert panel has a clock of its own, and the case's stands still meanwhile."""
    if clocks.running(case, periods.PANEL) is None:
        address = case.get_absolute_url()
        periods.begin(periods.PANEL, case, event, actor.organisation, address, audience=Audience.AUTHORITY)
    clocks.stop(case.dossier, "panel", event)


def _end_panel(case: Case, event: Event) -> None:
    """With the minutes of the last meeting the panel is over, unless an expert still owes a written opinion."""
    waiting = case.visits.filter(kind=VisitKind.PANEL, paper=None).exists()
    if waiting or case.expert_opinions.filter(status=ExpertStatus.INVITED).exists():
        return
    clocks.finish(case, event, periods.PANEL)
    clocks.go_on(case.dossier, "panel", event)


def visit_address(visit: Visit) -> str:
    """Where a visit is recorded."""
    return reverse("reviews:visit", args=[visit.pk])


@transaction.atomic
def add_photos(visit: Visit, sent: Iterable[Sent], caption: str, actor: Actor) -> list[VisitPhoto]:
    """Photographs of a visit, pictures only; they open to the other offices with the signed minutes."""
    if not (actor.is_lead and actor.is_handler):
        raise Refused([_("只有省科技厅的经办人可以上传现场照片。")])
    if visit.paper_id:
        raise Refused([_("纪要已经签发，不能再加照片。")])
    found = list(sent)
    if not found:
        raise Refused([_("请选择照片。")])
    if visit.photos.count() + len(found) > MOST_PHOTOS:
        raise Refused([_("一次考察最多 %(n)d 张照片。") % {"n": MOST_PHOTOS}])
    uploads = keep_all(found, visit.dossier, enclosures.PHOTO, actor)
    return VisitPhoto.objects.bulk_create(
        VisitPhoto(
            dossier=visit.dossier, tenant_id=visit.tenant_id, visit=visit, upload=upload, caption=caption.strip()
        )
        for upload in uploads
    )


@transaction.atomic
def record_visit(visit: Visit, findings: str, paper: Paper, actor: Actor) -> Event:
    """The signed minutes of a visit or meeting; its photographs open to whoever reviews the case."""
    locked = Visit.objects.select_for_update(no_key=True).get(pk=visit.pk)
    if locked.paper_id:
        raise Refused([_("这次考察或论证的纪要已经签发。")])
    locked.findings, locked.paper = findings, paper
    locked.save(update_fields=["findings", "paper"])
    Upload.objects.filter(pk__in=locked.photos.values("upload"), released_at=None).update(released_at=timezone.now())
    event = ledger.append(
        locked, "record_visit", recorded("签发考察论证纪要"), actor, dossier=locked.dossier, basis="T8",
        data={"paper": paper.number, "kind": locked.kind}, audience=Audience.AUTHORITY,
    )  # fmt: skip
    todo.close(locked, actor)
    clocks.finish(locked, event)
    case = Case.objects.select_related("filing").get(pk=locked.case_id)
    if locked.kind == VisitKind.PANEL:
        _end_panel(case, event)
    title = recorded("%(what)s纪要已签发：%(park)s") % {
        "what": locked.get_kind_display(),
        "park": case.filing.park_name,
    }
    for opinion in case.opinions.select_related("tenant"):
        if opinion.tenant_id != the_lead().pk:
            notify(event, opinion.tenant, title, case.get_absolute_url())
    return event
