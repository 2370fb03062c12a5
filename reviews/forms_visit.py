"""Forms of on-site visits and expert panels."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from files.forms import UploadField
from reviews import enclosures
from reviews.enums_publicity import VisitKind
from reviews.models import Visit


class VisitForm(forms.Form):
    """When, where and with whom (T8)."""

    kind = forms.ChoiceField(label=_("类别"), choices=VisitKind.choices, widget=forms.RadioSelect)
    held_on = forms.DateField(label=_("日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    place = forms.CharField(label=_("地点"), max_length=120)
    participants = forms.CharField(
        label=_("参加人员"), help_text=_("每行一人，写明单位和姓名。"), widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )  # fmt: skip
    experts = forms.CharField(
        label=_("论证专家"),
        help_text=_("专家论证必填，每行一人，写明姓名、单位和专业；专家的书面意见另行邀请后由专家本人签名提交。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        required=False,
    )


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class SeveralField(forms.FileField):
    """Several files at once, as a list."""

    widget = SeveralFiles(attrs={"class": "govuk-file-upload"})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them."""
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralField, self).clean(one, initial) for one in sent] or [super().clean(None, initial)]


class PhotoForm(forms.Form):
    """Photographs and what they show."""

    caption = forms.CharField(label=_("照片说明"), max_length=80, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, actor: Actor, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        photos = UploadField(purpose=enclosures.PHOTO, label=_("现场照片（可多选）"))
        photos.bind_to(actor, visit.dossier, about=visit.pk)
        self.fields = {"photos": photos, **self.fields}
