"""The papers of a filing: 请示, receipt, 受理, 补正, 不予受理."""

from applications.papers.notices import RejectionForm, SupplementForm
from applications.papers.request import RECEIPT, RequestForm, receipt_content
from applications.papers.shared import NoticeForm, check_page
from applications.papers.withdrawal import WITHDRAWAL, WithdrawalForm

__all__ = [
    "RECEIPT",
    "WITHDRAWAL",
    "NoticeForm",
    "RejectionForm",
    "RequestForm",
    "SupplementForm",
    "WithdrawalForm",
    "check_page",
    "receipt_content",
]
