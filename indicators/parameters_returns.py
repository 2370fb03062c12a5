"""What 省科技厅 may set of the yearly returns: when it asks a second time for one that did not come."""

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
