"""CT-55, CT-90: with the acceptance the case of a filing that no department is asked about opens before 省科技厅."""

from __future__ import annotations

from accounts.actors import Actor
from accounts.enums import GrantLevel
from accounts.queries import the_government
from applications import services as filings
from applications.kinds import kind_of, word
from applications.models import Filing
from applications.queries import latest_version
from applications.services import when_accepted
from notifications.models import Paper
from reviews import periods
from reviews.models import Case
from reviews.periods_alone import DECIDING
from reviews.services.asking import ask_office
from reviews.services.conclusion import report
from workflow.deadlines import due
from workflow.ledger import in_chinese, recorded
from workflow.models import Event
from workflow.parameters import value


@when_accepted
def open_alone(filing: Filing, paper: Paper, actor: Actor) -> None:
    """Open the case of an accepted filing of such a kind; `paper` is its acceptance."""
    kind = kind_of(filing)
    if not kind.alone:
        return
    version = latest_version(filing)
    assert version is not None, "what is accepted was submitted"
    direct = not kind.upward(filing)
    case = Case.objects.create(
        dossier=filing.dossier,
        tenant_id=filing.tenant_id,
        filing=filing,
        version=version,
        inquiry_paper=paper,
        due_on=due(value(DECIDING.days)).date,
        direct=direct,
        sample=filing.sample,
    )
    event = filings.open_review(
        filing, actor, label=recorded("省科技厅开始审核"), basis=str(word(filing.kind, "basis.open", ""))
    )
    task = in_chinese(word(filing.kind, "task.reviewing", ""))
    title = recorded("%(task)s：%(park)s") % {"task": task, "park": filing.park_name}
    kind_of_task = "determine" if direct else "report"
    ask_office(case, kind_of_task, title, case.get_absolute_url(), case, actor.organisation, actor, case.due_on)
    periods.begin(DECIDING, case, event, actor.organisation, case.get_absolute_url())


def lay_before_the_province(case: Case, paper: Paper, actor: Actor) -> Event:
    """CT-90 of a recognised place: the signature of the request lets 省政府办公厅 see the case and decide it."""
    filings.open_to(case.filing, the_government(), GrantLevel.ACT, actor)
    return report(case, paper, actor)
