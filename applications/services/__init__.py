"""The acts on a filing: create, submit, route, return, resubmit, accept, reject; each in one transaction."""

from applications.enums import OVER
from applications.services.about import create_about
from applications.services.about import obstacles as obstacles_about
from applications.services.asking import (
    authority_address,
    close_to,
    filing_of,
    open_to,
    received_on,
)
from applications.services.checking import accept, reject, return_for_supplement, route, when_accepted
from applications.services.closing import close, open_review
from applications.services.creating import create_filing, second_application
from applications.services.places import city_above, create_for_place, place_obstacles
from applications.services.reapplying import (
    acknowledge_second,
    acknowledged_second,
    last_version_of,
    reapplication_obstacles,
    reapply,
    state_changes,
)
from applications.services.remarking import IN_CHECK, answer_remark, cancel_remark, reopen_remark, settle_remark
from applications.services.submitting import filing_number, submit
from applications.services.withdrawing import deem_withdrawn, discard, restore, when_withdrawn, withdraw

__all__ = [
    "IN_CHECK",
    "OVER",
    "accept",
    "acknowledge_second",
    "acknowledged_second",
    "answer_remark",
    "authority_address",
    "cancel_remark",
    "city_above",
    "close",
    "close_to",
    "create_about",
    "create_filing",
    "create_for_place",
    "deem_withdrawn",
    "discard",
    "filing_number",
    "filing_of",
    "last_version_of",
    "obstacles_about",
    "open_review",
    "open_to",
    "place_obstacles",
    "reapplication_obstacles",
    "reapply",
    "received_on",
    "reject",
    "reopen_remark",
    "restore",
    "return_for_supplement",
    "route",
    "second_application",
    "settle_remark",
    "state_changes",
    "submit",
    "when_accepted",
    "when_withdrawn",
    "withdraw",
]
