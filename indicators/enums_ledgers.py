"""What the rows of the ledgers of a park's later life choose from."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LandKind(models.TextChoices):
    """What a row of the land ledger tells of (P-II.3.4b)."""

    QUOTA = "quota", _("指标下达")
    SUPPLY = "supply", _("新增供地")
    REPLACED = "replaced", _("补充耕地")


class LandUse(models.TextChoices):
    """What land is for; research land is supplied openly (P-III.2c)."""

    INDUSTRY = "industry", _("工业用地")
    RESEARCH = "research", _("科研用地")
    OTHER = "other", _("其他用地")


class SupplyMode(models.TextChoices):
    """How land is supplied (供应方式)."""

    TENDER = "tender", _("招标")
    AUCTION = "auction", _("拍卖")
    LISTING = "listing", _("挂牌")
    AGREEMENT = "agreement", _("协议")
    ALLOCATION = "allocation", _("划拨")


OPEN_MODES = (SupplyMode.TENDER, SupplyMode.AUCTION, SupplyMode.LISTING)


class ExitMeasure(models.TextChoices):
    """What becomes of an enterprise that does not fit (关、停、并、转、迁、治, P-II.3.4a)."""

    CLOSE = "close", _("关")
    STOP = "stop", _("停")
    MERGE = "merge", _("并")
    CONVERT = "convert", _("转")
    MOVE = "move", _("迁")
    TREAT = "treat", _("治")


# The same as the figure P.exit_enterprises is keyed.
EXIT_KEYS = {
    ExitMeasure.CLOSE: "关",
    ExitMeasure.STOP: "停",
    ExitMeasure.MERGE: "并",
    ExitMeasure.CONVERT: "转",
    ExitMeasure.MOVE: "迁",
    ExitMeasure.TREAT: "治",
}


class ExitInstrument(models.TextChoices):
    """By what an enterprise is pressed (倒逼机制, P-II.3.4a)."""

    ENERGY = "energy", _("能耗控制")
    SAFETY = "safety", _("安全执法")
    ENVIRONMENT = "environment", _("环保监管")
    PRICE = "price", _("价格机制")


class LeaderRole(models.TextChoices):
    """Who answers for a park (P-IV.4d): the city's leaders, and the county's where it lies in one."""

    MAIN = "main", _("主要负责人")
    DEPUTY = "deputy", _("分管负责人")
    COUNTY_MAIN = "county_main", _("县（市、区）主要负责人")
    COUNTY_DEPUTY = "county_deputy", _("县（市、区）分管负责人")


class ResponsibilityResult(models.TextChoices):
    """What the yearly responsibility system came to (目标责任制考核, P-II.1.7)."""

    EXCELLENT = "excellent", _("优秀")
    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")
