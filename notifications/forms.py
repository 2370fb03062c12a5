"""Forms of sign-off, of the paper list and of the public check."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Person
from accounts.services import confirm_password
from notifications.kinds import kinds

LARGEST = 50 * 1024 * 1024


class SignForm(forms.Form):
    """The password that a signer gives again before the signature (签发)."""

    password = forms.CharField(
        label=_("登录密码"),
        strip=False,
        help_text=_("签发即时生效：编号、日期、签发人随之确定，不能撤回。请再次输入您本人的登录密码。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "class": "govuk-input--width-20"}),
        error_messages={"required": _("请输入登录密码。")},
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Right, and not tried too often."""
        password: str = self.cleaned_data["password"]
        confirm_password(self.person, password)
        return password


class RemarkForm(forms.Form):
    """What is to be changed before the draft comes again (退回修改)."""

    remark = forms.CharField(
        label=_("退回意见"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明哪里要改、改成什么样；经办人会看到。"),
        error_messages={"required": _("请写明退回修改的意见。")},
    )


class CancelForm(forms.Form):
    """Why a draft is given up (作废)."""

    reason = forms.CharField(
        label=_("作废原因"),
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": _("请写明作废原因。")},
    )


class PaperFilterForm(forms.Form):
    """The filters of the paper list; all of them stand in the address."""

    side = forms.ChoiceField(
        label=_("收发"),
        required=False,
        choices=[("", _("全部")), ("issued", _("本单位印发")), ("received", _("本单位收到")), ("new", _("待签收"))],
    )
    kind = forms.ChoiceField(label=_("文种"), required=False)
    year = forms.TypedChoiceField(label=_("年份"), required=False, coerce=int, empty_value=None)
    text = forms.CharField(
        label=_("标题或文号"), required=False, widget=forms.TextInput(attrs={"class": "govuk-input--width-20"})
    )

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind, year = self.fields["kind"], self.fields["year"]
        assert isinstance(kind, forms.ChoiceField)
        assert isinstance(year, forms.ChoiceField)
        kind.choices = [("", _("全部")), *((code, found.label) for code, found in sorted(kinds().items()))]
        year.choices = [("", _("全部")), *((number, str(number)) for number in years)]


class CheckForm(forms.Form):
    """The check code (查验码) that stands beside the QR mark."""

    code = forms.CharField(
        label=_("查验码"),
        max_length=64,
        help_text=_("公文末页二维码旁的 16 位字母和数字，不分大小写，可以带空格。"),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请输入查验码。")},
    )


class CompareForm(forms.Form):
    """A file that somebody holds, to be compared with the one that was issued; it is not kept."""

    file = forms.FileField(
        label=_("选择您手中的 PDF 文件"),
        help_text=_("只计算文件的 SHA-256 并与签发时的比对，文件不会保存。"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
        error_messages={"required": _("请选择一个文件。"), "empty": _("这个文件是空的。")},
    )

    def clean_file(self) -> Any:
        """Not beyond what an official paper can be."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("文件超过 50 MB，不会是本站签发的公文。"))
        return file
