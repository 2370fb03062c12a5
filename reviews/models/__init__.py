"""The joint review's tables: case, opinions of the departments, questions to the city, conclusion, decision."""

from reviews.models.adoption import Adoption
from reviews.models.case import Case, Conclusion, Decision
from reviews.models.change import ChangeRequest
from reviews.models.city_review import CityAdvice, CityOpinion, CityReview, Nomination
from reviews.models.condition import Condition, Requirement, RequirementAnswer
from reviews.models.countersignature import CountersignAdvice, Countersignature
from reviews.models.expert import ExpertOpinion
from reviews.models.item import ItemOutcome, ReviewItem
from reviews.models.note import Note
from reviews.models.objection import Inquiry, Objection, ObjectionFile, Objector
from reviews.models.opinion import Opinion, OpinionDraft, SectionRemark
from reviews.models.publicity import Publicity
from reviews.models.question import Enclosure, Question, QuestionProposal
from reviews.models.recommendation import Recommendation, StrengthItem
from reviews.models.recusal import Recusal
from reviews.models.state_answer import StateAnswer
from reviews.models.visit import Visit, VisitPhoto

__all__ = [
    "Adoption",
    "Case",
    "ChangeRequest",
    "CityAdvice",
    "CityOpinion",
    "CityReview",
    "Conclusion",
    "Condition",
    "CountersignAdvice",
    "Countersignature",
    "Decision",
    "Enclosure",
    "ExpertOpinion",
    "Inquiry",
    "ItemOutcome",
    "Nomination",
    "Note",
    "Objection",
    "ObjectionFile",
    "Objector",
    "Opinion",
    "OpinionDraft",
    "Publicity",
    "Question",
    "QuestionProposal",
    "Recommendation",
    "Recusal",
    "Requirement",
    "RequirementAnswer",
    "ReviewItem",
    "SectionRemark",
    "StateAnswer",
    "StrengthItem",
    "Visit",
    "VisitPhoto",
]
