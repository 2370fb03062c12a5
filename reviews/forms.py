"""Forms of the case page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CaseFilter(forms.Form):
    """Filters of the list of cases; all of them stand in the address."""

    text = forms.CharField(label=_("名称"), required=False, max_length=40)
    city = forms.ChoiceField(label=_("申报单位"), required=False)
    status = forms.ChoiceField(label=_("阶段"), required=False)
    todo = forms.BooleanField(label=_("我的未办"), required=False)
    mine = forms.BooleanField(label=_("只看待我单位办理"), required=False)
