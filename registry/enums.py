"""The register's statuses (contract: creating, revoked, recognised, national, ended) and kinds of host zones."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ParkStatus(models.TextChoices):
    """The legal status of a park (PK-30, 39, 50, 72, 99)."""

    CREATING = "creating", _("创建中")
    REVOKED = "revoked", _("已取消创建资格")
    RECOGNISED = "recognised", _("已认定")
    NATIONAL = "national", _("国家高新区")
    ENDED = "ended", _("已终止")


# The parks that exist today: neither revoked nor ended.
LIVING = (ParkStatus.CREATING, ParkStatus.RECOGNISED, ParkStatus.NATIONAL)


class HostZoneKind(models.TextChoices):
    """The kinds of host zones (P-0.3)."""

    CLUSTER = "cluster", _("产业集聚区")
    DEVELOPMENT = "development", _("经济开发区")
    OTHER = "other", _("其它开发区")


class Precision(models.TextChoices):
    """How exactly a date is known."""

    DAY = "day", _("日")
    MONTH = "month", _("月")
    YEAR = "year", _("年")
    UNKNOWN = "unknown", _("不详")


class CityTitleKind(models.TextChoices):
    """The titles of a place in the programme of innovative cities and counties (CT-05, 30, 50, 56)."""

    ST_STRONG = "st_strong", _("科技强市、县（市、区）")
    PILOT = "pilot", _("创新型试点城市（县、区）")
    INNOVATIVE = "innovative", _("创新型城市（县、区）")
    NATIONAL_PILOT = "national_pilot", _("国家创新型（试点）城市")

    def of(self, place: str) -> str:
        """The title as a place of that name bears it: 科技强市, 科技强县 or 科技强区."""
        return str(_BORNE.get((self, place[-1:]), self.label))


class TitleProposalStatus(models.TextChoices):
    """How far the recording of a title has come: proposed by one person, recorded or returned by another."""

    PROPOSED = "proposed", _("待核对")
    RETURNED = "returned", _("已退回")
    RECORDED = "recorded", _("已登记")
    DROPPED = "dropped", _("不再登记")


_BORNE = {
    (CityTitleKind.ST_STRONG, "市"): _("科技强市"),
    (CityTitleKind.ST_STRONG, "县"): _("科技强县"),
    (CityTitleKind.ST_STRONG, "区"): _("科技强区"),
    (CityTitleKind.PILOT, "市"): _("创新型试点城市"),
    (CityTitleKind.PILOT, "县"): _("创新型试点县"),
    (CityTitleKind.PILOT, "区"): _("创新型试点区"),
    (CityTitleKind.INNOVATIVE, "市"): _("创新型城市"),
    (CityTitleKind.INNOVATIVE, "县"): _("创新型县"),
    (CityTitleKind.INNOVATIVE, "区"): _("创新型区"),
    (CityTitleKind.NATIONAL_PILOT, "县"): _("国家创新型（试点）县"),
    (CityTitleKind.NATIONAL_PILOT, "区"): _("国家创新型（试点）区"),
}
