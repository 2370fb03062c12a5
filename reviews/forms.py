"""Forms of the case page."""

from django import forms
from django.utils.translation import gettext_lazy as _


class QuestionForm(forms.Form):
    """A question to the city (询问), which it sees."""

    text = forms.CharField(
        label=_("询问申报单位"),
        help_text=_("申报单位会看到这个问题，并在五个工作日内答复。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
    )


class AnswerForm(forms.Form):
    """The city's answer."""

    answer = forms.CharField(label=_("答复"), widget=forms.Textarea(attrs={"rows": 4}), max_length=3000)


class CaseFilter(forms.Form):
    """Filters of the list of cases; all of them stand in the address."""

    text = forms.CharField(label=_("名称"), required=False, max_length=40)
    city = forms.ChoiceField(label=_("申报单位"), required=False)
    status = forms.ChoiceField(label=_("阶段"), required=False)
    mine = forms.BooleanField(label=_("只看待我单位办理"), required=False)
