"""The kinds and states of sanctions (黄牌警告, 取消创建资格) and of the cards that stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SanctionKind(models.TextChoices):
    """What is proposed: one year missed, or two one after the other."""

    CARD = "yellow_card", _("黄牌警告")
    REVOCATION = "revocation", _("取消创建资格")


class SanctionStatus(models.TextChoices):
    """The way of a sanction case: 告知—陈述申辩—（听证）—决定—送达—复核."""

    PROPOSED = "proposed", _("建议立案")
    CONFIRMED = "confirmed", _("拟告知")
    NOTICED = "noticed", _("已告知，待签收")
    ANSWERING = "answering", _("听取意见")
    STATED = "stated", _("已陈述申辩")
    HEARING = "hearing", _("听证")
    REPORTED = "reported", _("报省政府决定")
    IMPOSED = "imposed", _("已决定，待送达")
    SERVED = "served", _("已送达")
    REVIEW = "review", _("复核中")
    DISMISSED = "dismissed", _("不予立案")
    NOT_IMPOSED = "not_imposed", _("决定不予处理")
    WITHDRAWN = "withdrawn", _("已终止")
    CHANGED = "changed", _("已变更为黄牌警告")
    ANNULLED = "annulled", _("决定已撤销")


# What was decided and stands.
STANDING = (SanctionStatus.IMPOSED, SanctionStatus.SERVED, SanctionStatus.REVIEW)
# A card that was decided and is not under review: the card of the year before may still make it a revocation.
GIVEN = (SanctionStatus.IMPOSED, SanctionStatus.SERVED)
# What is still on its way to a decision.
RUNNING = (
    SanctionStatus.PROPOSED,
    SanctionStatus.CONFIRMED,
    SanctionStatus.NOTICED,
    SanctionStatus.ANSWERING,
    SanctionStatus.STATED,
    SanctionStatus.HEARING,
    SanctionStatus.REPORTED,
)
# What the city has been told of.
TOLD = (
    *RUNNING[2:],
    *STANDING,
    SanctionStatus.NOT_IMPOSED,
    SanctionStatus.CHANGED,
    SanctionStatus.ANNULLED,
)
# What still weighs on the park: a decision that stands, or the card to which a revocation was changed on review.
WEIGHING = (*STANDING, SanctionStatus.CHANGED)
HEARD = (SanctionStatus.ANSWERING, SanctionStatus.STATED)


class CardStatus(models.TextChoices):
    """What became of a yellow card."""

    IN_FORCE = "in_force", _("有效")
    ENDED = "ended", _("已解除")
    ANNULLED = "annulled", _("已撤销")


class AnswerOutcome(models.TextChoices):
    """What 省科技厅 makes of one reason of a statement."""

    ACCEPTED = "accepted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    REJECTED = "rejected", _("不予采纳")


class ReviewOutcome(models.TextChoices):
    """What becomes of a decision on review (复核)."""

    UPHELD = "upheld", _("维持原决定")
    CHANGED = "changed", _("变更原决定")
    ANNULLED = "annulled", _("撤销原决定")


class OpinionStance(models.TextChoices):
    """What a department of the working group says of an intended sanction."""

    AGREE = "agree", _("同意")
    DISAGREE = "disagree", _("不同意")


class Consecutive(models.TextChoices):
    """How two years follow one another (AMB-13)."""

    CALENDAR = "calendar", _("相邻的两个日历年度")
    ASSESSED = "assessed", _("相邻的两个评价年度")
