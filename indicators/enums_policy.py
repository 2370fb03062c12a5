"""The states of an index version and of a ruling, and what a ruling may decide."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from policy.outcomes import Outcome


class IndexStatus(models.TextChoices):
    """The way of an index version (指标体系版本): drafted, checked, signed by three, frozen once a run used it."""

    DRAFT = "draft", _("起草中")
    CHECKING = "checking", _("核对中")
    SIGNING = "signing", _("待三部门签发")
    SIGNED = "signed", _("已签发")
    FROZEN = "frozen", _("已启用（固定）")
    SUPERSEDED = "superseded", _("已被替代")


# Who may use it, and read it without signing in.
IN_FORCE = (IndexStatus.SIGNED, IndexStatus.FROZEN)
PUBLISHED = (*IN_FORCE, IndexStatus.SUPERSEDED)


class RatingStatus(models.TextChoices):
    """The way of a round of scoring (定性评分)."""

    OPEN = "open", _("评分中")
    CLOSED = "closed", _("已结束")
    DROPPED = "dropped", _("已撤销")


class RulingStatus(models.TextChoices):
    """The way of a ruling (裁定)."""

    DRAFTING = "drafting", _("办理中")
    SIGNED = "signed", _("已签发")
    WITHDRAWN = "withdrawn", _("已撤回")
    DROPPED = "dropped", _("未作出")


class RulingGround(models.TextChoices):
    """Why a ruling is made: a finding that figures cannot settle, or figures that never came (AMB-13)."""

    FINDING = "finding", _("无法由数据判定")
    OMISSION = "omission", _("经两次催报仍未报送")


class RulingOutcome(models.TextChoices):
    """What a ruling may decide of a clause; the words are those of a finding's outcome."""

    MET = Outcome.MET.value, _("认定为达到")
    NOT_MET = Outcome.NOT_MET.value, _("认定为未达到")
    EXEMPT = Outcome.EXEMPT.value, _("予以豁免")
    NOT_APPLICABLE = Outcome.NOT_APPLICABLE.value, _("不适用")
