"""What a conclusion makes of what was said, the visit's kinds, and the states of publicity and objections."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Said(models.TextChoices):
    """What of a department's answer a line of the minutes' table is about."""

    OPINION = "opinion", _("意见")
    CONDITION = "condition", _("条件")
    REMARK = "remark", _("分栏意见")


class Treatment(models.TextChoices):
    """How a conclusion treats what a department said (T9)."""

    ADOPTED = "adopted", _("采纳")
    PARTLY = "partly", _("部分采纳")
    NOT = "not", _("不采纳")


class VisitKind(models.TextChoices):
    """On-site visit or expert panel (T8)."""

    SITE = "site", _("现场考察")
    PANEL = "panel", _("专家论证")


class PublicityResult(models.TextChoices):
    """What came of a public notice (T10, T11)."""

    UNDISPUTED = "undisputed", _("公示期内未收到异议")
    SETTLED = "settled", _("异议已处理，不影响拟列入结论")
    UPHELD = "upheld", _("异议成立，重新形成结论")


class ObjectionStatus(models.TextChoices):
    """How far an objection has come."""

    RECEIVED = "received", _("已收到")
    ACCEPTED = "accepted", _("已受理")
    REJECTED = "rejected", _("不予受理")
    ANSWERED = "answered", _("已答复")


class ObjectionOutcome(models.TextChoices):
    """What the office found of an objection (T11)."""

    UPHELD = "upheld", _("异议成立")
    PARTLY = "partly", _("异议部分成立")
    NOT_UPHELD = "not_upheld", _("异议不成立")
