"""The states of a year's return, whom it tells of, and what a department makes of a figure."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policy.figures import Level
from policy.outcomes import Verdict


class SubjectKind(models.TextChoices):
    """What figures are about; the level of a figure in the catalogue says which."""

    PARK = "park", _("园区")
    ZONE = "zone", _("所在开发区")
    CITY = "city", _("市、县（市、区）")
    PROVINCE = "province", _("全省")


KINDS = {
    Level.PARK: SubjectKind.PARK,
    Level.ZONE: SubjectKind.ZONE,
    Level.CITY: SubjectKind.CITY,
    Level.PROVINCE: SubjectKind.PROVINCE,
}


class ReturnStatus(models.TextChoices):
    """The way of a year's return (统计报表): filled in, checked by county and city, verified, locked."""

    FILLING = "filling", _("填报中")
    COUNTY = "county", _("县（市、区）审核")
    CITY = "city", _("设区市审核")
    VERIFYING = "verifying", _("省级核定")
    LOCKED = "locked", _("已锁定")


class FigureLevel(models.TextChoices):
    """Where a vintage of a figure comes from."""

    REPORTED = "reported", _("填报")
    IMPORTED = "imported", _("导入")
    VERIFIED = "verified", _("核定")
    CORRECTED = "corrected", _("勘误")
    RESTATED = "restated", _("按新范围重报")


# What may be judged: a figure that only its reporter vouches for is not.
FINAL = (FigureLevel.IMPORTED, FigureLevel.VERIFIED, FigureLevel.CORRECTED)


class VerificationOutcome(models.TextChoices):
    """What the department that owns a figure says of it (核定意见)."""

    CONFIRMED = "confirmed", _("确认")
    RETURNED = "returned", _("退回")
    OWN = "own", _("另有本部门数据")


class Programme(models.TextChoices):
    """Which of the two programmes a run is of."""

    PARK = "park", _("高新技术产业园区")
    CITY = "city", _("创新型城市（县、区）")


class RunStatus(models.TextChoices):
    """The way of a year's computation (年度测算)."""

    QUEUED = "queued", _("等待测算")
    COMPUTING = "computing", _("测算中")
    COMPUTED = "computed", _("已测算")
    PROPOSED = "proposed", _("提请发布")
    RELEASED = "released", _("已发布")
    FAILED = "failed", _("未能完成")


class RankingList(models.TextChoices):
    """Which list a subject is ranked in; parks under creation and recognised ones are never ranked together."""

    CREATING = "creating", _("创建中的园区")
    RECOGNISED = "recognised", _("已认定的园区")
    CITY = "city", _("设区市")
    COUNTY = "county", _("县（市、区）")


class Listing(models.TextChoices):
    """How much of a year's ranking the public sees (公开范围)."""

    OWN = "own", _("只告知本园区")
    TOP = "top", _("公开前若干名")
    FULL = "full", _("公开全部位次")


class Book(models.TextChoices):
    """The ledgers (台账) of a park."""

    PROJECTS = "projects", _("项目台账")
    ENTERPRISES = "enterprises", _("企业台账")
    SUPPORT = "support", _("支持措施台账")
    LAND = "land", _("用地台账")
    EXITS = "exits", _("腾退台账")
    LEADERS = "leaders", _("负责人")
    ISSUES = "issues", _("问题协调台账")
    RESULTS = "results", _("目标责任制考核")
    EIAS = "eias", _("规划环评")
    REGISTERS = "registers", _("创新型城市登记簿")


class Decision(models.TextChoices):
    """What became of a project's wish to enter the park (准入)."""

    ADMITTED = "admitted", _("准入")
    REJECTED = "rejected", _("否决")


class ImportStatus(models.TextChoices):
    """The way of a table into a ledger."""

    CHECKING = "checking", _("正在核对")
    CHECKED = "checked", _("待确认")
    REFUSED = "refused", _("有问题，未导入")
    STORING = "storing", _("正在导入")
    DONE = "done", _("已导入")
    GIVEN_UP = "given_up", _("已放弃")


class InspectionStatus(models.TextChoices):
    """The way of what an inspection found (督查整改): ordered, put right, accepted."""

    FOUND = "found", _("待下达整改")
    ORDERED = "ordered", _("整改中")
    ANSWERED = "answered", _("待验收")
    ACCEPTED = "accepted", _("已验收")
    DROPPED = "dropped", _("不再整改")


# The words of a verdict (结论), in the language of the reader.
VERDICTS = [
    (Verdict.MET.value, _("达到要求")),
    (Verdict.NOT_MET.value, _("未达到要求")),
    (Verdict.OPEN.value, _("尚待裁定")),
    (Verdict.NOT_APPLICABLE.value, _("不适用")),
]
