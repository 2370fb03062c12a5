"""What 省科技厅 may set of the joint review's periods, in working days (T7 to T13)."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

CITY_REVIEW_DAYS = declare(
    Parameter(
        "city_review_days",
        _("部门审核、确定试点期限"),
        "days",
        20,
        "C-III.2d; U4",
        _("从征求部门意见次日起算的工作日。"),
    )
)
OPINION_DAYS = declare(Parameter("opinion_days", _("部门出具意见期限"), "days", 10, "T7"))
CONCLUSION_DAYS = declare(
    Parameter(
        "conclusion_days",
        _("联审结论期限"),
        "days",
        30,
        "T9",
        _("自受理之次日起算；申报单位答复询问、专家论证和公示期间暂停计时。"),
    )
)
ANSWER_DAYS = declare(Parameter("answer_days", _("申报单位答复询问期限"), "days", 5, "P-II.1.8c"))
EXPERT_DAYS = declare(Parameter("expert_days", _("专家提交论证意见期限"), "days", 10, "T8"))
REQUIREMENT_DAYS = declare(Parameter("requirement_days", _("申报单位落实条件期限"), "days", 5, "P-II.1.8c"))
CHANGE_DAYS = declare(Parameter("change_days", _("申报单位补充修改期限"), "days", 5, "P-II.1.8c"))
SETTLING_DAYS = declare(Parameter("settling_days", _("部门确认条件落实期限"), "days", 5, "P-II.1.8c"))
REPORT_DAYS = declare(Parameter("report_days", _("结论后报省政府审定期限"), "days", 10, "T12"))
DECISION_DAYS = declare(Parameter("decision_days", _("省政府审定期限"), "days", 10, "T13；T14"))
SITE_CHECK = declare(
    Parameter(
        "recognition_site_check",
        _("认定须经现场考察"),
        "switch",
        True,
        "P-II.3.0b",
        _("打开后，认定的联审结论须有已签发纪要的现场考察。"),
    )
)
