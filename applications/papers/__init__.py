"""The papers of a filing: 请示, receipt, 受理, 补正, 不予受理."""

from applications.papers.notices import RejectionForm, SupplementForm
from applications.papers.request import RECEIPT, RequestForm, receipt_content
from applications.papers.shared import NoticeForm, check_page

__all__ = [
    "RECEIPT",
    "NoticeForm",
    "RejectionForm",
    "RequestForm",
    "SupplementForm",
    "check_page",
    "receipt_content",
]
