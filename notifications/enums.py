"""The states of a paper and of the draft that leads to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftStatus(models.TextChoices):
    """A draft on its way through the office: 经办 → 审核 → 签发."""

    DRAFTING = "drafting", _("拟稿")
    CHECKING = "checking", _("审核中")
    SIGNING = "signing", _("待签发")
    SIGNED = "signed", _("已签发")
    CANCELLED = "cancelled", _("已作废")


class PaperValidity(models.TextChoices):
    """Whether a signed paper is in force; shown on its public check page."""

    VALID = "valid", _("有效")
    SUPERSEDED = "superseded", _("已被取代")
    REVOKED = "revoked", _("已撤销")


class FileState(models.TextChoices):
    """Whether a paper's PDF has been rendered; an act never waits for it."""

    PENDING = "pending", _("生成中")
    READY = "ready", _("已生成")
    FAILED = "failed", _("生成失败，将自动重试")


class LegalEffect(models.TextChoices):
    """The legal status that a paper confers on a park, or the title on a place, when it is signed."""

    NONE = "", _("无")
    CREATING = "creating", _("列入创建名单")
    REVOKED = "revoked", _("取消创建资格")
    RECOGNISED = "recognised", _("认定")
    NATIONAL = "national", _("升级为国家高新区")
    ENDED = "ended", _("终止")
    PILOT = "pilot", _("列为创新型试点城市（县、区）")
    INNOVATIVE = "innovative", _("认定为创新型城市（县、区）")
    LEFT = "left", _("退出创新型城市（县、区）建设")


class Programme(models.TextChoices):
    """Which of the two programmes a message is about."""

    PARK = "park", _("高新技术产业园区")
    CITY = "city", _("创新型城市")


class Topic(models.TextChoices):
    """What a message is: decides how it reaches people by mail."""

    LEGAL = "legal", _("公文送达")
    TASK = "task", _("待办事项")
    REMINDER = "reminder", _("催办和到期提醒")
    PROGRESS = "progress", _("案卷进展")
    DISCUSSION = "discussion", _("内部讨论")


class MailMode(models.TextChoices):
    """When a message reaches a person by mail."""

    NOW = "now", _("及时")
    DAILY = "daily", _("每日汇总")
    OFF = "off", _("不发")
