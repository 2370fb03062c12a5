"""How many of the best are recommended for national status."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

RECOMMENDED_TOP = declare(
    Parameter(
        "recommended_top",
        _("优先推荐申报国家高新区的名次"),
        "count",
        5,
        "P-II.4g; AMB-24",
        _("最近一次已发布的认定园区评价中位次不大于此数的列入优先推荐名单；并列的全部列出，由人选择。"),
    )
)
