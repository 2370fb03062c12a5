"""The joint review's tables: case, opinions of the departments, questions to the city, conclusion, decision."""

from reviews.models.case import Case, Conclusion, Decision
from reviews.models.opinion import Opinion
from reviews.models.question import Question

__all__ = [
    "Case",
    "Conclusion",
    "Decision",
    "Opinion",
    "Question",
]
