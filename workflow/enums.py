"""Who may read an event of the ledger."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who reads an event: everybody on the dossier, the authorities, or the acting office alone."""

    DOSSIER = "dossier", _("申报方与审查方")
    AUTHORITY = "authority", _("主办单位")
    COLLEAGUE = "colleague", _("申报方与协同填报单位")
    OFFICE = "office", _("本单位")


class Rank(models.IntegerChoices):
    """What the worker does first: what an act leads to, then the making of its papers, then what nobody waits for."""

    ACT = 0, _("办理")
    RENDERING = 1, _("生成文件")
    SPARE_TIME = 2, _("空闲时办理")


class JobOutcome(models.TextChoices):
    """What became of one row of a job."""

    WAITING = "waiting", _("等待办理")
    DONE = "done", _("已办")
    SKIPPED = "skipped", _("未办")
    FAILED = "failed", _("出错")


class SearchAudience(models.TextChoices):
    """Who finds an entry: its owner and everybody on the dossier, its owner and the leading offices, or all."""

    DOSSIER = "dossier", _("申报方与审查方")
    AUTHORITY = "authority", _("主办单位")
    PUBLIC = "public", _("已公开")


class ProposalOutcome(models.TextChoices):
    """What a person made of a proposal."""

    OPEN = "open", _("待决定")
    CONFIRMED = "confirmed", _("已确认")
    DISMISSED = "dismissed", _("不予采纳")
    MOOT = "moot", _("已不需要决定")
