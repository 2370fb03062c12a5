"""The states of a good practice (优秀做法), the dimension that it serves, and what it is found by."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeStatus(models.TextChoices):
    """The way of an article: drafted by a government, taken up by 省科技厅, published by another person there."""

    DRAFT = "draft", _("起草中")
    SUBMITTED = "submitted", _("待省科技厅处理")
    PROPOSED = "proposed", _("待发布")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")
    DROPPED = "dropped", _("已作废")


class Dimension(models.TextChoices):
    """The five dimensions of C-III.3a, by their codes in the index."""

    SPIRIT = "spirit", _("创新精神")
    ABILITY = "ability", _("创新能力")
    RESULTS = "results", _("创新成果")
    INDUSTRY = "industry", _("创新产业")
    SETTING = "setting", _("创新环境")


class PracticeTag(models.TextChoices):
    """What a practice is about; 三优化结合 is 民间资金＋科技成果＋人才 (C-IV.5h)."""

    THREE = "three", _("三优化结合")
    FINANCE = "finance", _("科技金融")
    TALENT = "talent", _("人才引育")
    PLATFORM = "platform", _("创新平台")
    ENTERPRISE = "enterprise", _("企业主体")
    TRANSFER = "transfer", _("成果转化")
    COOPERATION = "cooperation", _("开放合作")
    SYSTEM = "system", _("体制机制")
