"""What 省科技厅 may set of the yearly returns: when one is asked for again, what departments look at one by one."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

ASK_AGAIN_DAYS = declare(
    Parameter(
        "return_ask_again_days",
        _("再次催报的间隔"),
        "days",
        10,
        "N5; AMB-13",
        _("自第一次逾期催报之次日起算；期满仍未报送的，第二次催报。"),
    )
)
REMARKABLE_CHANGE = declare(
    Parameter(
        "return_remarkable_change",
        _("批量核定的最大变化"),
        "share",
        "0.5",
        "V3",
        _("比上年变化超过这一比例的数据不能批量确认，由部门逐项核定。"),
    )
)
LATE_RETURN_DAYS = declare(
    Parameter(
        "late_return_days",
        _("补开年度报表的填报期限"),
        "days",
        20,
        "T15",
        _("报送截止日临近或已过才开始填报的，自开始填报之次日起算；其余的仍为次年3月31日。"),
    )
)
