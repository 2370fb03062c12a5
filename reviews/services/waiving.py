"""T30: a change of the register that leaves the boundary alone may go on without a joint review, on the record."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications import services as filings
from applications.kinds import kind_of
from applications.models import Filing
from applications.queries import latest_version
from notifications.models import Paper
from reviews import periods
from reviews.enums import Outcome
from reviews.models import Case
from reviews.services.asking import accepted_on
from reviews.services.conclusion import conclude
from workflow.deadlines import due
from workflow.ledger import recorded
from workflow.machine import Refused
from workflow.parameters import value

WAIVER = "review_waiver"


def against_waiving(filing: Filing) -> list[str]:
    """Why the departments have to be asked (P-II.1.8c, P-II.4e); empty where the text leaves it to 省科技厅 (T30)."""
    version = latest_version(filing)
    if version is None:
        return [_("申报还没有提交。")]
    return kind_of(filing).against_waiving(filing, version.content)


@transaction.atomic
def waive_review(filing: Filing, reasons: str, official: str, paper: Paper, actor: Actor) -> Case:
    """The signed 办理意见 stands for consultation and minutes: the case opens and is concluded at once."""
    if against := against_waiving(filing):
        raise Refused(against)
    version = latest_version(filing)
    assert version is not None, "what was never sent is refused above"
    case = Case.objects.create(
        dossier=filing.dossier,
        tenant_id=filing.tenant_id,
        filing=filing,
        version=version,
        inquiry_paper=paper,
        due_on=due(value("conclusion_days"), accepted_on(filing)).date,
        waived_reason=reasons,
        sample=filing.sample,
    )
    event = filings.open_review(
        filing, actor, label=recorded("不组织联审联评"), basis="PK-80; T30", reason=reasons,
        data={"paper": paper.number, "official": official},
    )  # fmt: skip
    periods.begin(
        periods.CONCLUSION, case, event, actor.organisation, case.get_absolute_url(), since=accepted_on(filing)
    )
    conclude(case, Outcome.RECOMMEND, reasons, paper, actor)
    return case
