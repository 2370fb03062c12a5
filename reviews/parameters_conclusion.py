"""What 省科技厅 may set of quorum, silence, visits, publicity and objections (T8 to T11, AMB-21)."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

OPINION_QUORUM = declare(
    Parameter(
        "opinion_quorum",
        _("形成结论所需的部门答复比例"),
        "share",
        "1",
        "P-II.1.8c; AMB-21",
        _("已签发意见和按逾期处理的部门占被征求部门的比例。"),
    )
)
SILENCE = declare(
    Parameter(
        "silence_is_consent",
        _("逾期未回复视为无不同意见"),
        "switch",
        False,
        "AMB-21",
        _("默认不视为同意，只记为“未回复”。"),
    )
)
PANEL_DAYS = declare(Parameter("panel_days", _("现场考察和专家论证期限"), "days", 20, "T8"))
MINUTES_DAYS = declare(Parameter("minutes_days", _("考察或论证后形成纪要的期限"), "days", 5, "T8"))
PUBLICITY_DAYS = declare(
    Parameter("publicity_days", _("公示期"), "days", 5, "T10", _("从公示次日起算的工作日，不少于 5 日。"))
)
OBJECTION_DAYS = declare(Parameter("objection_days", _("公示异议答复期限"), "days", 15, "T11"))
INQUIRY_DAYS = declare(Parameter("inquiry_days", _("申报单位说明公示异议的期限"), "days", 5, "T11"))
