"""The states of a filing's formal part (PK-00 to PK-14) and of its materials."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FilingStatus(models.TextChoices):
    """The formal part of a filing (申报); from joint review on the case has a life of its own."""

    DRAFT = "draft", _("筹备（草稿）")
    SUBMITTED = "submitted", _("已申报")
    FORMAL_CHECK = "formal_check", _("形式审查")
    RETURNED = "returned", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    REJECTED = "rejected", _("不予受理")
    IN_REVIEW = "in_review", _("联审联评中")
    LISTED = "listed", _("已列入创建名单")
    DECLINED = "declined", _("不予列入或暂缓")
