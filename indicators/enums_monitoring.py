"""The states of the yearly monitoring report (统计监测报告), and its parts that people write beside the figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MonitoringStatus(models.TextChoices):
    """The way of a report: composed by the worker, checked, signed by two offices, published."""

    COMPOSING = "composing", _("编制中")
    FAILED = "failed", _("编制未成")
    DRAFT = "draft", _("起草中")
    CHECKING = "checking", _("审核中")
    SIGNING = "signing", _("待联合签发")
    PUBLISHED = "published", _("已发布")
    SUPERSEDED = "superseded", _("已被更正")
    DROPPED = "dropped", _("已作废")


OPEN = (
    MonitoringStatus.COMPOSING,
    MonitoringStatus.FAILED,
    MonitoringStatus.DRAFT,
    MonitoringStatus.CHECKING,
    MonitoringStatus.SIGNING,
)


class Measure(models.TextChoices):
    """What places are ranked by: three rankings, published apart."""

    STRENGTH = "strength", _("综合实力")
    LEVEL = "level", _("创新水平")
    CHANGE = "change", _("相对上年变化")


class Passage(models.TextChoices):
    """A part in which people write beside what the worker composed; figures are never theirs to edit."""

    FOREWORD = "foreword", _("前言")
    SUMMARY = "summary", _("综述补充")
    OVERVIEW = "overview", _("参加监测地区的说明")
    TARGETS = "targets", _("全省目标的说明")
    STRENGTH = "strength", _("综合实力的说明")
    LEVEL = "level", _("创新水平的说明")
    CHANGE = "change", _("相对上年变化的说明")
    DIMENSIONS = "dimensions", _("各维度的说明")
    FISCAL = "fiscal", _("财政科技投入的说明")
    EVALUATIONS = "evaluations", _("第三方测评的说明")
    METHODS = "methods", _("方法与局限的补充")
    ERRATA = "errata", _("勘误的说明")
