"""What 省科技厅 may set of the yearly programme: from when two figures differ."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

CONFLICT_SHARE = declare(
    Parameter(
        "conflict_share",
        _("填报数与部门数相差多少须协商"),
        "share",
        "0.01",
        "V9",
        _("相差超过这一比例（相对部门数）的，列为数据冲突，协商确定后才能锁定。"),
    )
)
