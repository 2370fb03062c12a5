"""How long the steps of a sanction take, in working days; 省科技厅 may set them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare


def _days(name: str, label: Promise, default: int, help_text: Promise) -> Parameter:
    return declare(Parameter(name, label, "days", default, "P-II.2.5", help_text))


RECEIPT_DAYS = _days(
    "sanction_receipt_days", _("告知书、决定书签收期限"), 5, _("期满未签收的，视为已经送达，以后的期限自期满之日起算。")
)
STATEMENT_DAYS = _days(
    "sanction_statement_days", _("陈述申辩期限"), 10, _("自签收告知书之日的次日起算；听证期间停止计算。")
)
DECISION_DAYS = _days(
    "sanction_decision_days", _("作出处理决定的期限"), 10, _("自收到陈述申辩或者陈述申辩期满起算；听证期间停止计算。")
)
REVIEW_DAYS = _days(
    "sanction_review_days", _("申请复核和作出复核决定的期限"), 10, _("自决定书送达、复核申请收到起算。")
)
HEARING_DAYS = _days(
    "sanction_hearing_days", _("听证通知提前的时间"), 7, _("听证通知书至少在听证举行前这么多个工作日签发，0 表示不限。")
)
PLAN_DAYS = _days("card_plan_days", _("黄牌整改方案报送期限"), 20, _("自黄牌警告作出之日起算。"))
CHECK_DAYS = _days("card_check_days", _("黄牌整改年中检查期限"), 120, _("自黄牌警告作出之日起算，约半年。"))
