"""Forms of public notices: an objection under the real name, the look-up of its answer, and what 省科技厅 does."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reviews.forms_visit import SeveralField

PHONE = re.compile(r"^\+?[0-9][0-9\-() ]{6,24}(转[0-9]{1,6})?$")
NAME = re.compile(r"^[\u3400-\u9fffA-Za-z·. ]{2,40}$")
NOBODY = ("匿名", "某某", "无名", "不详", "网友", "群众", "路人", "测试", "佚名", "anonymous")


class ObjectionForm(forms.Form):
    """An objection (异议): who objects, reachable how, and why; anonymous ones are not taken."""

    token = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("真实姓名"),
        help_text=_("匿名异议不予受理。您的身份只有省科技厅承办人员能看到，不会告知申报单位。"),
        max_length=40,
        error_messages={"required": _("请填写真实姓名；匿名异议无法核实，不予受理。")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "autocomplete": "name"}),
    )
    unit = forms.CharField(
        label=_("单位"),
        help_text=_("工作单位；没有工作单位的填写住址所在社区或村。"),
        max_length=80,
        error_messages={"required": _("请填写单位；没有工作单位的填写住址所在社区或村。")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    phone = forms.CharField(
        label=_("联系电话"),
        help_text=_("核实情况时联系您，如 0571-00000000 或手机号码。"),
        max_length=30,
        error_messages={"required": _("请填写联系电话，以便核实。")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "tel", "inputmode": "tel"}),
    )
    by_unit = forms.BooleanField(
        label=_("以单位名义提出"),
        help_text=_("请在附件中上传加盖单位公章的书面异议。"),
        required=False,
    )
    text = forms.CharField(
        label=_("异议内容"),
        help_text=_("写明对公示的哪一项有异议、事实和理由。请不要在这里写您的姓名和电话。"),
        max_length=4000,
        min_length=10,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("请写明异议的内容、事实和理由。")},
    )

    files = SeveralField(  # type: ignore[assignment]
        label=_("附件"),
        help_text=_("可以不附；PDF 或图片，最多 5 个，每个不超过 20 MB。以单位名义提出的，附加盖公章的书面异议。"),
        required=False,
    )

    def clean_token(self) -> uuid.UUID:
        """The mark of this one form, which makes a second click harmless."""
        return self.cleaned_data.get("token") or uuid.uuid4()

    def clean_name(self) -> str:
        """A name that a person bears."""
        name: str = self.cleaned_data["name"].strip()
        if any(word in name.lower() for word in NOBODY) or not NAME.match(name):
            raise forms.ValidationError(
                gettext("请填写真实姓名，如“张三”；匿名异议无法核实，不予受理。"), code="anonymous"
            )
        return name

    def clean(self) -> dict[str, Any]:
        """An office that objects gives the letter that bears its seal."""
        data = super().clean() or {}
        if data.get("by_unit") and not [one for one in data.get("files") or [] if one]:
            self.add_error("files", gettext("以单位名义提出的，请上传加盖单位公章的书面异议。"))
        return data

    def clean_phone(self) -> str:
        """A number that can be called."""
        phone: str = self.cleaned_data["phone"].strip()
        if not PHONE.match(phone):
            raise forms.ValidationError(gettext("“%(phone)s”不像电话号码；请填写如 0571-00000000。") % {"phone": phone})
        return phone


class LookupForm(forms.Form):
    """The number and the code of the receipt."""

    number = forms.CharField(
        label=_("回执编号"),
        max_length=24,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填写回执编号，如 YY20261122-ABC234。")},
    )
    code = forms.CharField(
        label=_("查询码"),
        max_length=24,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请填写查询码。")},
    )


def _words(label: Any, help_text: Any, required: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": required},
    )


class RejectForm(forms.Form):
    """Why an objection is not taken up."""

    reason = _words(
        _("不予受理的理由"), _("异议人凭回执可以看到；如：未署真实姓名，电话无法接通。"), _("请写明不予受理的理由。")
    )


class PassOnForm(forms.Form):
    """What the city is asked to explain; never the objection itself, never the person."""

    inquiry = _words(
        _("请申报单位说明的内容"),
        _("申报单位只看到这一段。请概括转述异议，不得写明或暗示异议人的身份。"),
        _("请写明请申报单位说明的内容。"),
    )


class ExplainForm(forms.Form):
    """What the city says."""

    answer = _words(_("情况说明"), _("提交后不能修改。"), _("请写明情况。"))


class ResultForm(forms.Form):
    """The result note on the public page."""

    note = _words(
        _("公示结果"),
        _("将在公示页面公布，如：公示期内未收到异议。不得涉及异议人的身份。"),
        _("请写明公示结果。"),
    )
