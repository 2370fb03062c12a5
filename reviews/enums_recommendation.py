"""The states of a recommendation for national status (PK-70 to PK-73), and its five qualitative items (P-II.4f)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RecommendationStatus(models.TextChoices):
    """The way of a park that is among the best five (优先推荐申报国家高新区)."""

    PROPOSED = "proposed", _("列入优先推荐名单")
    APPRAISING = "appraising", _("拟推荐，评审中")
    REPORTED = "reported", _("已报省政府")
    RECOMMENDED = "recommended", _("已推荐国务院")
    UPGRADED = "upgraded", _("已升级为国家高新区")
    REFUSED = "refused", _("国务院未批准")
    DECLINED = "declined", _("省政府不予推荐")
    PASSED_OVER = "passed_over", _("本年度不推荐")


class Strength(models.TextChoices):
    """What a recommended park has to offer, judged by named reviewers (P-II.4f)."""

    LOCATION = "location", _("优越的区位条件")
    RESOURCES = "resources", _("丰富的创新资源")
    POTENTIAL = "potential", _("较强的发展潜力")
    INSTITUTIONS = "institutions", _("良好的体制机制")
    RADIATION = "radiation", _("较大的辐射带动作用")
