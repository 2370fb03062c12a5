"""One park with a department beside its offices, and rows of every ledger of its later life."""

from __future__ import annotations

from typing import Any

from accounts.enums import OrganisationKind
from accounts.scope import enter, system
from indicators.enums import Book
from indicators.ledgers.columns import MODELS
from indicators.models import Support
from indicators.services import ledgers as services
from tests.factories import make_actor, make_organisation
from tests.indicators.ledgers import YEAR, Park, begin, values

LIST = 14
FUND = {"year": YEAR, "clause": "P-III.3d[gov]", "name": "专项资金", "amount": "100"}
LOT = {"year": YEAR, "kind": "供地", "name": "一号地", "area": "3", "use": "工业用地", "sei": "是", "quota": "2"}
LOT |= {"kind": "新增供地", "farmland": "1", "mode": "挂牌"}
EXIT = {"name": "印染厂", "measure": "迁", "instrument": "环保监管", "decided_on": f"{YEAR}-06-30"}
LEADER = {"role": "主要负责人", "name": "甲", "post": "市长", "since": "2013-01-01"}
RESULT = {"year": YEAR, "assessed": "管委会", "result": "优秀", "name": "通报"}
EIA = {"name": "环评", "approved_on": "2013-01-01", "office": "环保厅", "paper": "1号", "covered": "1"}


def listed() -> Park:
    """One park, and a department beside its offices."""
    made = begin()
    with system():
        office = make_organisation(OrganisationKind.DEPARTMENT)
        made.offices["department"] = office
        made.people["department"] = make_actor(office)
    return made


def issue(park: Park, **told: Any) -> dict[str, Any]:
    """A question that the lead must decide."""
    given = {"raised_on": f"{YEAR}-05-06", "name": "缺指标", "raised_by": "管委会", "due_on": f"{YEAR}-08-31"}
    return {**given, "needs": park.offices["lead"].code, **told}


def support(park: Park, who: str, **told: Any) -> Support:
    """A measure of support entered by somebody into the ledger that is theirs."""
    actor = park.people[who]
    with enter(actor.scope):
        ledger = services.ledger_of(park.ledger.park, Book.SUPPORT, actor)
        made = services.enter_row(ledger, Book.SUPPORT, values(Book.SUPPORT, **{**FUND, **told}), actor)
    assert isinstance(made, Support)
    return made


def seen(park: Park, book: Book, *who: str) -> dict[str, int]:
    """How many rows of a book each of them sees."""
    found = {}
    for name in who:
        with enter(park.people[name].scope):
            found[name] = MODELS[book]._default_manager.count()
    return found
