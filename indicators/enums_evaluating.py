"""The states of a round of evaluation by third parties, and what ties an evaluator to a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationKind(models.TextChoices):
    """Why a round is held: before a place becomes a pilot (C-III.2c), or every two years after (C-III.2e)."""

    INITIAL = "initial", _("初次测评")
    BIENNIAL = "biennial", _("两年一次测评")


class EvaluationStatus(models.TextChoices):
    """The way of a round (测评轮次)."""

    PREPARING = "preparing", _("准备中")
    SCORING = "scoring", _("测评中")
    CLOSED = "closed", _("已完成")
    DROPPED = "dropped", _("已撤销")


ENDED = (EvaluationStatus.CLOSED, EvaluationStatus.DROPPED)


class EngagementKind(models.TextChoices):
    """What an organisation or a person has, or had, with a place (利益关系)."""

    CONTRACT = "contract", _("合同、委托业务")
    EMPLOYMENT = "employment", _("任职、受聘")


class Turn(models.IntegerChoices):
    """Which of the evaluators of a place one is; the third scores what the first two see too differently."""

    FIRST = 1, _("第一评价人")
    SECOND = 2, _("第二评价人")
    THIRD = 3, _("第三评价人")
