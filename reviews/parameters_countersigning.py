"""What 省科技厅 may set of the countersignatures on its report upward (T12)."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

COUNTERSIGNING = declare(
    Parameter(
        "countersigning",
        _("报审请示签发前须经有关部门会签"),
        "switch",
        True,
        "T12",
        _("会签的是结论所依据意见的部门，可以另请其他部门。"),
    )
)
COUNTERSIGN_DAYS = declare(Parameter("countersign_days", _("部门会签期限"), "days", 5, "T12"))
COUNTERSIGN_SILENCE = declare(
    Parameter(
        "countersign_silence",
        _("逾期未会签视为同意"),
        "switch",
        False,
        "T12; AMB-21",
        _("默认不视为同意：须等部门会签。打开后，期满由省科技厅经办人确认。"),
    )
)
