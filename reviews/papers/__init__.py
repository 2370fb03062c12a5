"""The papers of the joint review: 征求意见函, 复函, 纪要, the request upward, 批复 and the letter that declines."""

from notifications.paper_forms import BLANK
from reviews.papers.change import ChangeForm
from reviews.papers.conclusion import MinutesForm
from reviews.papers.consultation import ConsultationForm
from reviews.papers.decision import ApprovalForm, RefusalForm
from reviews.papers.opinion import OpinionForm
from reviews.papers.publicity import PublicityForm, ReplyForm
from reviews.papers.report import ReportForm
from reviews.papers.shared import PROVINCE
from reviews.papers.visit import VisitMinutesForm
from reviews.papers.waiver import WaiverForm

__all__ = [
    "BLANK",
    "PROVINCE",
    "ApprovalForm",
    "ChangeForm",
    "ConsultationForm",
    "MinutesForm",
    "OpinionForm",
    "PublicityForm",
    "RefusalForm",
    "ReplyForm",
    "ReportForm",
    "VisitMinutesForm",
    "WaiverForm",
]
