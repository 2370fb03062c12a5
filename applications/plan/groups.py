"""The headings under which the plan's sections stand on the task list."""

from django.utils.translation import gettext_lazy as _

BASICS = _("一、目的与范围")
INDUSTRY = _("二、产业")
BASES = _("三、五类基地与布局")
POLICY = _("四、政策与管理")
COMMITMENT = _("五、责任与承诺")
