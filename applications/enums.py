"""The states of a filing's formal part (PK-00 to PK-14) and of its materials."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class KindCode(models.TextChoices):
    """What a filing asks for (申报类别)."""

    CREATION = "creation", _("创建")
    RECOGNITION = "recognition", _("认定")
    EXPANSION = "expansion", _("扩区")
    CHANGE = "change", _("变更")
    CITY = "city", _("创新型城市（县、区）试点")
    NATIONAL = "national", _("国家创新型试点")
    EXIT = "exit", _("退出创新型城市建设")


class FilingStatus(models.TextChoices):
    """The formal part of a filing (申报); from joint review on the case has a life of its own."""

    DRAFT = "draft", _("筹备（草稿）")
    SUBMITTED = "submitted", _("已申报")
    FORMAL_CHECK = "formal_check", _("形式审查")
    RETURNED = "returned", _("待补正")
    ACCEPTED = "accepted", _("已受理")
    REJECTED = "rejected", _("不予受理")
    IN_REVIEW = "in_review", _("联审联评中")
    LISTED = "listed", _("已列入创建名单")
    DECLINED = "declined", _("不予列入或暂缓")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已弃用（可恢复）")


OVER = frozenset(
    {FilingStatus.REJECTED, FilingStatus.DECLINED, FilingStatus.WITHDRAWN, FilingStatus.DISCARDED}
)  # nothing runs any more, and no park came of it


class RemarkReason(models.TextChoices):
    """Why a remark is made (补正意见的事由, T3)."""

    MISSING = "missing", _("缺少材料")
    UNREADABLE = "unreadable", _("材料不清晰或打不开")
    INCONSISTENT = "inconsistent", _("内容前后不一致")
    WRONG_DATA = "wrong_data", _("数据有误")
    NOT_CONFORMING = "not_conforming", _("不符合条件条款")
    UNSEALED = "unsealed", _("缺少签章、文号或日期")
    BOUNDARY = "boundary", _("四至边界问题")
    UNCLEAR = "unclear", _("表述不清或论证不足")
    OTHER = "other", _("其它（请在意见中写明）")


class RemarkAct(models.TextChoices):
    """What is said under a remark: the city answers, 省科技厅 settles it, keeps it open or takes it back."""

    ANSWER = "answer", _("答复")
    SETTLE = "settle", _("核对通过")
    REOPEN = "reopen", _("仍须补正")
    CANCEL = "cancel", _("撤销意见")


class RemarkState(models.TextChoices):
    """How a remark stands, as its last entry leaves it."""

    OPEN = "open", _("待答复")
    ANSWERED = "answered", _("已答复")
    SETTLED = "settled", _("已解决")
    UNSETTLED = "unsettled", _("未解决")
    CANCELLED = "cancelled", _("已撤销")


class DelegationStatus(models.TextChoices):
    """How a section stands that was given to somebody to fill in (分工)."""

    OPEN = "open", _("待填写")
    HANDED = "handed", _("已交回")
    BACK = "back", _("退回修改")
    CONFIRMED = "confirmed", _("已确认")
    WITHDRAWN = "withdrawn", _("已收回")
