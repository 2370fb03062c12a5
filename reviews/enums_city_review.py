"""The states of the review of a round of evaluation (CT-32 to CT-50), and the stages of a place (CT-00 to CT-90)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CityReviewStatus(models.TextChoices):
    """From the results of a round to the circular and the recognition (U6, U7)."""

    REVIEWING = "reviewing", _("测评结果审核中")
    CIRCULATED = "circulated", _("已通报")
    REPORTED = "reported", _("已报请省政府认定")
    RECOGNISED = "recognised", _("已认定")
    REFUSED = "refused", _("省政府未认定")


class CityStance(models.TextChoices):
    """What a department says of the results (C-III.2f)."""

    AGREE = "agree", _("同意")
    OBJECT = "object", _("有不同意见")


class CityStage(models.TextChoices):
    """How far a city or county has come in the programme (建设阶段)."""

    NATIONAL = "national", _("国家创新型（试点）城市")
    INNOVATIVE = "innovative", _("创新型城市、县（市、区）")
    PILOT = "pilot", _("创新型试点")
    ELIGIBLE = "eligible", _("科技强市、县，可以申报")
    DECLINED = "declined", _("未列为试点")
    LEFT = "left", _("已退出")
    NOT_YET = "not_yet", _("尚未成为科技强市、县")
