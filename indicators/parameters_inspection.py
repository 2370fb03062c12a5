"""How long a park has to put right what an inspection found."""

from django.utils.translation import gettext_lazy as _

from workflow.parameters import Parameter, declare

RECTIFICATION_DAYS = declare(
    Parameter(
        "rectification_days",
        _("整改期限"),
        "days",
        30,
        "P-IV.4c",
        _("自整改通知签发之次日起算；每件可以另定。"),
    )
)
