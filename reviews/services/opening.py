"""T6: the case opens and the departments are asked."""

from __future__ import annotations

from django.db import transaction

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.models import Organisation
from applications import services as filings
from applications.kinds import kind_of
from applications.kinds.reviewing import basis, kept
from applications.models import Filing, FilingVersion
from notifications.enums import Topic
from notifications.models import Paper
from notifications.notices import notify
from reviews import periods
from reviews.models import Case, Opinion
from reviews.services.asking import accepted_on, ask_office, opinion_address
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.parameters import value


@transaction.atomic
def open_review(
    filing: Filing, version: FilingVersion, departments: list[Organisation], paper: Paper, actor: Actor
) -> Case:
    """T6: the case opens, each department is asked for its opinion in parallel (P-IV.4b)."""
    direct = kind_of(filing).direct
    period, since = (periods.CITY_REVIEW, None) if direct else (periods.CONCLUSION, accepted_on(filing))
    case = Case.objects.create(
        dossier=filing.dossier,
        tenant_id=filing.tenant_id,
        filing=filing,
        version=version,
        inquiry_paper=paper,
        due_on=due(value(period.days), since).date,
        direct=direct,
        sample=filing.sample,
    )
    label = recorded("启动%(review)s") % {"review": kept(filing.kind, "review")}
    event = filings.open_review(filing, actor, label=label, basis=basis(filing.kind))
    answer_by = due(value("opinion_days")).date
    for department in departments:
        filings.open_to(filing, department, GrantLevel.READ, actor)
        opinion = Opinion.objects.create(
            dossier=case.dossier,
            tenant=department,
            case=case,
            version=version,
            requested_by=actor.organisation,
            due_on=answer_by,
        )
        title = recorded("出具意见：%(park)s") % {"park": filing.park_name}
        ask_office(opinion, "opinion", title, opinion_address(opinion), case, department, actor, answer_by)
        periods.ask_opinion(opinion, event, opinion_address(opinion))
        notify(
            event,
            department,
            recorded("征求对%(park)s的意见") % {"park": filing.park_name},
            opinion_address(opinion),
            topic=Topic.TASK,
        )
    title = recorded("汇总意见、形成结论：%(park)s") % {"park": filing.park_name}
    ask_office(case, "conclude", title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    periods.begin(period, case, event, actor.organisation, case.get_absolute_url(), since=since)
    entered = recorded("%(park)s进入%(review)s") % {"park": filing.park_name, "review": kept(filing.kind, "review")}
    notify(event, filing.tenant, entered, filing.get_absolute_url())
    return case
