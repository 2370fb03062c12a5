"""What 省科技厅 may set of the formal part: its periods in working days, and what is proposed when one is over."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

ROUTING_DAYS = declare(Parameter("routing_days", _("省政府办公厅交办期限"), "days", 3, "T2"))
FORMAL_CHECK_DAYS = declare(
    Parameter(
        "formal_check_days",
        _("形式审查期限"),
        "days",
        5,
        "T3；T5；行政许可法第三十二条（参照）",
        _("自收到之次日起算；申报单位补正期间暂停计时。"),
    )
)
SUPPLEMENT_DAYS = declare(Parameter("supplement_days", _("申报单位补正期限"), "days", 15, "T4"))
OPENING_DAYS = declare(Parameter("opening_days", _("受理后启动联审联评的期限"), "days", 5, "T6"))
ASSESSMENT_DAYS = declare(Parameter("assessment_days", _("受理后完成第三方测评的期限"), "days", 40, "U3"))
DEEMED_WITHDRAWAL = declare(
    Parameter(
        "deemed_withdrawal",
        _("逾期未补正的，提请视为撤回"),
        "switch",
        False,
        "T4",
        _("打开后，补正逾期时向省科技厅签发人提出拟办事项；不会自动撤回。"),
    )
)
DEEMED_ACCEPTANCE = declare(
    Parameter(
        "deemed_acceptance",
        _("逾期未告知的，提请视为受理"),
        "switch",
        False,
        "T5；行政许可法第三十二条（参照）",
        _("打开后，形式审查逾期时向省科技厅经办人提出拟办事项；确认后起草受理通知书，不会自动受理。"),
    )
)
MIN_CREATION_YEARS = declare(
    Parameter("min_creation_years", _("申请认定的最短建设年数"), "count", 3, "P-II.3.0a", _("自列入创建名单之日起算。"))
)
MAX_CREATION_YEARS = declare(
    Parameter(
        "max_creation_years",
        _("提醒申请认定的建设年数"),
        "count",
        5,
        "P-II.3.0a；AMB-14",
        _("超过后只提醒，不影响申请。"),
    )
)
