"""The states of a case (PK-20 to PK-30) and of what belongs to it, and what a conclusion or decision says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseStatus(models.TextChoices):
    """A case (案件) from joint review to decision."""

    REVIEWING = "reviewing", _("联审联评中")
    CONCLUDED = "concluded", _("联审结论形成")
    PUBLICITY = "publicity", _("公示中")
    REPORTED = "reported", _("报省政府审定")
    LISTED = "listed", _("已列入创建名单")
    DECLINED = "declined", _("不予列入")
    DEFERRED = "deferred", _("暂缓（整改后再报）")
    WITHDRAWN = "withdrawn", _("已撤回")


class OpinionStatus(models.TextChoices):
    """Whether a department has answered, and whether its answer still counts."""

    REQUESTED = "requested", _("待回复")
    SIGNED = "signed", _("已签发")
    LAPSED = "lapsed", _("逾期未回复")
    SUPERSEDED = "superseded", _("已由新一轮意见替代")
    WITHDRAWN = "withdrawn", _("已撤回邀请")


class Stance(models.TextChoices):
    """What a department says (P-II.1.8c)."""

    AGREE = "agree", _("同意")
    CONDITIONS = "conditions", _("有条件同意")
    DISAGREE = "disagree", _("不同意")


class RequirementStatus(models.TextChoices):
    """A condition that was passed on to the city, until it is settled."""

    OPEN = "open", _("待落实")
    ANSWERED = "answered", _("已答复，待确认")
    SETTLED = "settled", _("已落实")
    WAIVED = "waived", _("不再要求")


class ProposalStatus(models.TextChoices):
    """A question that a department proposes to put to the city."""

    PROPOSED = "proposed", _("待省科技厅转达")
    SENT = "sent", _("已转达申报单位")
    DECLINED = "declined", _("未转达")
    WITHDRAWN = "withdrawn", _("已撤回")


class ExpertStatus(models.TextChoices):
    """Whether an invited expert (评审专家) has answered."""

    INVITED = "invited", _("待论证")
    SIGNED = "signed", _("已签名提交")
    WITHDRAWN = "withdrawn", _("已撤回邀请")


class ExpertStance(models.TextChoices):
    """What an expert says (专家论证意见, T8)."""

    PASS = "pass", _("通过论证")
    AMEND = "amend", _("修改后通过")
    FAIL = "fail", _("不通过")


class RecusalStatus(models.TextChoices):
    """A declared recusal (回避) and what the head of the office made of it."""

    DECLARED = "declared", _("待确认")
    CONFIRMED = "confirmed", _("已回避")
    DISMISSED = "dismissed", _("不需回避")


class CountersignStatus(models.TextChoices):
    """What became of a countersignature (会签) that was asked for on the report upward (T12)."""

    ASKED = "asked", _("待会签")
    AGREED = "agreed", _("已会签")
    OBJECTED = "objected", _("有不同意见")
    LAPSED = "lapsed", _("逾期未会签")
    STATED = "stated", _("分歧已列明")
    SUPERSEDED = "superseded", _("文稿已改，重新会签")
    WITHDRAWN = "withdrawn", _("不再会签")


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
