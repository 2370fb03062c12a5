"""The acts on a filing: create, submit, route, return, resubmit, accept, reject; each in one transaction."""

from applications.services.asking import (
    FORMAL_CHECK_DAYS,
    OVER,
    ROUTING_DAYS,
    SUPPLEMENT_DAYS,
    authority_address,
    filing_of,
    open_to,
    received_on,
)
from applications.services.checking import accept, answer_remark, reject, return_for_supplement, route
from applications.services.closing import close, open_review
from applications.services.creating import create_filing, second_application
from applications.services.submitting import filing_number, submit

__all__ = [
    "FORMAL_CHECK_DAYS",
    "OVER",
    "ROUTING_DAYS",
    "SUPPLEMENT_DAYS",
    "accept",
    "answer_remark",
    "authority_address",
    "close",
    "create_filing",
    "filing_number",
    "filing_of",
    "open_review",
    "open_to",
    "received_on",
    "reject",
    "return_for_supplement",
    "route",
    "second_application",
    "submit",
]
