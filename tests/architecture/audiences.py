"""Who may open what, as predicates over an audience and the key of the object (visibility by stage)."""

from __future__ import annotations

from tests.markers import STAGE, Audience, may_see


def everybody(audience: Audience, key: str) -> bool:
    """Anybody, signed in or not."""
    return True


def nobody(audience: Audience, key: str) -> bool:
    """Nobody."""
    return False


def signed_in(audience: Audience, key: str) -> bool:
    """Whoever is signed in."""
    return audience.actor is not None


def administrator(audience: Audience, key: str) -> bool:
    """An administrator of any organisation."""
    return audience.actor is not None and audience.actor.is_admin


def any_of_the_city(audience: Audience, key: str) -> bool:
    """Whoever acts for 甲's government."""
    return audience.group == "city" and audience.side == "jia"


def administrator_of_the_city(audience: Audience, key: str) -> bool:
    """甲's administrator."""
    return audience.name == "jia-admin"


def of_the_city(audience: Audience, key: str) -> bool:
    """甲's government, and whoever helps with this filing."""
    return may_see(audience, "jia", key, "plan") and audience.group in {"city", "helper"}


def handler_of_the_city(audience: Audience, key: str) -> bool:
    """甲's handler."""
    return audience.name == "jia-handler"


def any_city(audience: Audience, key: str) -> bool:
    """A government that may file."""
    return audience.group == "city"


def any_place(audience: Audience, key: str) -> bool:
    """The government of a city or county."""
    return audience.group in {"city", "county"}


def any_city_handler(audience: Audience, key: str) -> bool:
    """A handler of such a government."""
    return audience.group == "city" and audience.name.endswith("-handler")


def handler_of_a_place(audience: Audience, key: str) -> bool:
    """A handler of such a government."""
    return any_place(audience, key) and audience.actor is not None and audience.actor.is_handler


def practices(audience: Audience, key: str) -> bool:
    """Who writes good practices, and 省科技厅."""
    return any_place(audience, key) or lead(audience, key)


def authority(audience: Audience, key: str) -> bool:
    """省政府办公厅, 省科技厅, the departments."""
    return audience.group in {"government", "lead", "department", "expert", "other"}


def lead(audience: Audience, key: str) -> bool:
    """省科技厅."""
    return audience.group == "lead"


def lead_signer(audience: Audience, key: str) -> bool:
    """The signer of 省科技厅."""
    return audience.name == "lead-signer"


def operators_administrator(audience: Audience, key: str) -> bool:
    """The operator's administrator."""
    return audience.name == "operator"


def reader_of_parameters(audience: Audience, key: str) -> bool:
    """省科技厅, the departments, 省政府办公厅, the auditor."""
    return audience.group in {"lead", "department", "other", "government"} or audience.name == "auditor"


def lead_handler_only(audience: Audience, key: str) -> bool:
    """The handler of 省科技厅."""
    return audience.name == "lead-handler"


def government_handler(audience: Audience, key: str) -> bool:
    """The handler of 省政府办公厅."""
    return audience.name == "government-handler"


def formal_authority(audience: Audience, key: str) -> bool:
    """省政府办公厅 from submission on, 省科技厅 from routing on."""
    return audience.group in {"government", "lead"} and may_see(audience, "jia", key, "plan")


def of_the_case(audience: Audience, key: str) -> bool:
    """The authorities of a case; an expert was invited to the one under review, a further department to none."""
    if audience.group in {"expert", "other"}:
        return audience.group == "expert" and key == "review"
    return authority(audience, key) and STAGE[key] == 3


def discusses(audience: Audience, key: str) -> bool:
    """Whoever takes part in the inner discussion of a case."""
    return of_the_case(audience, key) and audience.group != "government"


def proposes(audience: Audience, key: str) -> bool:
    """Whoever may propose a question."""
    return discusses(audience, key) and audience.group != "lead"


def of_the_proposal(audience: Audience, key: str) -> bool:
    """省科技厅 and the office that proposed."""
    return lead(audience, key) or audience.code == key


def of_the_version(audience: Audience, key: str) -> bool:
    """Whoever may read the frozen plan; one that is not submitted yet is the city's own."""
    if key == "sending":
        return any_of_the_city(audience, key)
    return may_see(audience, "jia", key, "plan")


def of_the_plan(audience: Audience, key: str) -> bool:
    """Whoever may read the filing of which versions are compared."""
    return may_see(audience, "jia", key, "plan")


def of_the_file(audience: Audience, key: str) -> bool:
    """Whoever may read a file; one that replaces another in a supplement is the city's until it is sent."""
    if key == "rework":
        return may_see(audience, "jia", "returned", "rework")
    return may_see(audience, "jia", key, "file")


def of_the_draft(audience: Audience, key: str) -> bool:
    """The office whose draft it is: `city`, `lead`, or a department's code."""
    if key == "city":
        return any_of_the_city(audience, key)
    return audience.group == key or audience.code == key


def of_the_change(audience: Audience, key: str) -> bool:
    """甲's government, which changes its plan, and the authorities of the case."""
    return any_of_the_city(audience, key) or of_the_case(audience, key)


def of_the_opinion(audience: Audience, key: str) -> bool:
    """The department itself."""
    return audience.code == key


def of_any_city_desk(audience: Audience, key: str) -> bool:
    """甲's government itself."""
    return any_of_the_city(audience, key)


_BODY = {"request": "request", "supplement": "remark", "minutes": "minutes", "report": "minutes", "approval": "duties"}


def of_the_paper(audience: Audience, key: str) -> bool:
    """Whoever may read what a paper says; `key` is its kind and filing."""
    kind, filing = key.split("-")
    if kind == "approval":
        return signed_in(audience, key)
    if audience.group == "helper" and kind != "request":  # the city's own papers only
        return False
    what = "opinion-dept-fgw" if kind == "opinion" else _BODY[kind]
    return may_see(audience, "jia", filing, what)


def published(audience: Audience, key: str) -> bool:
    """Anybody, for what was published."""
    return key == "approval-listed"


def addressee(audience: Audience, key: str) -> bool:
    """Offices that papers of this scene are sent to: they may confirm the receipt of their own copies."""
    kind, _filing = key.split("-")
    to = {
        "request": {"government"},
        "supplement": {"city", "government"},
        "opinion": {"lead"},
        "minutes": {"government"},
        "report": {"government"},
        "approval": {"city", "lead", "department"},
    }[kind]
    return audience.group in to and (audience.group != "city" or audience.side == "jia")


def of_the_return(audience: Audience, key: str) -> bool:
    """甲 and its helpers; once it is handed in, the departments that verify its figures and 省科技厅."""
    return may_see(audience, "jia", key, "figure")


def writes_the_return(audience: Audience, key: str) -> bool:
    """The handlers of whoever fills a return in."""
    return key == "filling" and audience.name in {"jia-handler", "jia-committee"}


def oversees_the_returns(audience: Audience, key: str) -> bool:
    """省科技厅 and 省统计局."""
    return audience.group == "lead" or audience.name.startswith("stat-")


def writes_the_report(audience: Audience, key: str) -> bool:
    """The handlers of 省科技厅 and of 省统计局, while the report is drafted."""
    return audience.name in {"lead-handler", "stat-handler"}


def of_the_running_year(audience: Audience, key: str) -> bool:
    """甲, its park's committee and 省科技厅."""
    if audience.group == "city":
        return audience.side == "jia"
    return audience.group == "lead" or audience.name == "jia-committee"


def writes_the_running_year(audience: Audience, key: str) -> bool:
    """The handlers of whoever reports."""
    return audience.name in {"jia-handler", "jia-committee"}


def of_the_result(audience: Audience, key: str) -> bool:
    """省科技厅; 甲 and its park's committee once it is released."""
    return may_see(audience, "jia", key, "finding")


def of_the_sanction(audience: Audience, key: str) -> bool:
    """甲, its park's committee, 省科技厅, the department of the working group."""
    return may_see(audience, "jia", key, "sanction")


def of_the_affair(audience: Audience, key: str) -> bool:
    """Whoever may open the page of an affair; the key names its kind before its own key."""
    kind, _colon, stage = key.partition(":")
    readers = {
        "filing": of_the_plan,
        "return": of_the_return,
        "sanction": of_the_sanction,
        "inspection": of_the_inspection,
        "recommendation": of_the_recommendation,
        "run": lead,
        "assessment": of_the_result,
        "evaluation": of_the_evaluation,
        "cityreview": of_the_city_review,
        "monitoring": oversees_the_returns,
    }
    return readers[kind](audience, stage)


def of_the_recommendation(audience: Audience, key: str) -> bool:
    """省科技厅, whoever judges an item, and the park's government."""
    own = audience.group == "city" and audience.side == "jia"
    return own or audience.group == "lead" or audience.code == "dept-stat"


def judges_the_item(audience: Audience, key: str) -> bool:
    """The handlers of 省统计局."""
    return audience.name == "stat-handler"


def of_the_ruling(audience: Audience, key: str) -> bool:
    """省科技厅; 甲 and its park's committee once it is signed."""
    return may_see(audience, "jia", key, "ruling")


def of_the_index(audience: Audience, key: str) -> bool:
    """省科技厅; everybody once the three departments have signed."""
    return key == "signed" or audience.group == "lead"


def scores(audience: Audience, key: str) -> bool:
    """The people who were named to score."""
    return audience.name in {"stat-handler", "expert"}


def of_the_rating(audience: Audience, key: str) -> bool:
    """省科技厅, and those who score."""
    return audience.group == "lead" or scores(audience, key)


def evaluates(audience: Audience, key: str) -> bool:
    """The third party's handler, who is an evaluator too."""
    return audience.group == "third"


def of_evaluations(audience: Audience, key: str) -> bool:
    """Whom evaluations concern at all: 省科技厅, third parties, the governments of places."""
    return audience.group in {"lead", "third", "city", "county"}


def of_the_evaluation(audience: Audience, key: str) -> bool:
    """省科技厅 and the third party; 甲's government once there is a result."""
    own = key == "closed" and audience.group == "city" and audience.side == "jia"
    return audience.group in {"lead", "third"} or own


def of_the_city_review(audience: Audience, key: str) -> bool:
    """省科技厅, and 省统计局, which is asked."""
    return audience.group == "lead" or audience.name.startswith("stat-")


def asked_by_the_lead(audience: Audience, key: str) -> bool:
    """省科技厅, the departments and 省政府办公厅."""
    return audience.group in {"lead", "department", "other", "government"}


def follows_places(audience: Audience, key: str) -> bool:
    """省科技厅, the departments, 省政府办公厅, and the governments of places."""
    return asked_by_the_lead(audience, key) or any_place(audience, key)


def of_the_engagements(audience: Audience, key: str) -> bool:
    """省科技厅 and third parties."""
    return audience.group in {"lead", "third"}


def of_the_evaluated_place(audience: Audience, key: str) -> bool:
    """省科技厅 and 甲's government."""
    return may_see(audience, "jia", "closed", "evaluation")


def of_the_inspection(audience: Audience, key: str) -> bool:
    """省科技厅 until the order is signed."""
    return may_see(audience, "jia", key, "inspection")


def keeps_the_ledgers(audience: Audience, key: str) -> bool:
    """The handlers of 甲's government and of its committee."""
    return audience.name in {"jia-handler", "jia-committee"}


def checks_the_ledgers(audience: Audience, key: str) -> bool:
    """The governments that may file, whoever helps them, 省科技厅 and 省政府办公厅."""
    kinds = ("applicant_gov", "county_gov", "city_st_bureau", "park_committee", "kjt", "prov_gov_office")
    return audience.actor is not None and audience.actor.organisation.kind in kinds


def names_a_contact(audience: Audience, key: str) -> bool:
    """The handlers and administrators of the working group's departments."""
    actor = audience.actor
    member = actor is not None and actor.organisation.kind in ("kjt", "department")
    return member and actor is not None and actor.role in ("handler", "admin")


def of_the_committee(audience: Audience, key: str) -> bool:
    """甲's committee, which sent a table."""
    return audience.name == "jia-committee"


def verifies(audience: Audience, key: str) -> bool:
    """The handlers of the departments that own its figures."""
    return key == "verifying" and audience.name in {"stat-handler", "lead-handler"}


def the_handler(audience: Audience, key: str) -> bool:
    """甲's handler and nobody else of the office: saved views and jobs are a person's own."""
    return audience.name == "jia-handler"


def of_the_compared(audience: Audience, key: str) -> bool:
    """The page to choose on is everybody's; two filings side by side are for whoever may read both."""
    if not key:
        return signed_in(audience, key)
    return of_the_version(audience, key) and of_the_version(audience, "listed")
