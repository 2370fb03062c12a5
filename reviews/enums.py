"""The states of a case (PK-20 to PK-30), of an opinion, and what a conclusion or decision says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    """A case (案件) from joint review to decision."""

    REVIEWING = "reviewing", _("联审联评中")
    CONCLUDED = "concluded", _("联审结论形成")
    REPORTED = "reported", _("报省政府审定")
    LISTED = "listed", _("已列入创建名单")
    DECLINED = "declined", _("不予列入")
    DEFERRED = "deferred", _("暂缓（整改后再报）")


class OpinionStatus(models.TextChoices):
    """Whether a department has answered."""

    REQUESTED = "requested", _("待回复")
    SIGNED = "signed", _("已签发")


class Stance(models.TextChoices):
    """What a department says (P-II.1.8c)."""

    AGREE = "agree", _("同意")
    CONDITIONS = "conditions", _("有条件同意")
    DISAGREE = "disagree", _("不同意")


class Outcome(models.TextChoices):
    """What 省科技厅 concludes (T9)."""

    RECOMMEND = "recommend", _("建议列入")
    DEFER = "defer", _("暂缓")
    DECLINE = "decline", _("不建议列入")


class Ruling(models.TextChoices):
    """What the provincial government decides (T13, T14)."""

    LIST = "list", _("同意列入创建名单")
    DEFER = "defer", _("暂缓列入，整改后再报")
    DECLINE = "decline", _("不予列入")
