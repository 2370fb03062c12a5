"""The field that takes files: in pieces where a script runs, as a plain file input everywhere."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.actors import Actor
from files import receiving
from files.kinds import in_words
from files.models import Incoming
from files.purposes import Purpose
from files.refusals import UploadRefused, in_bytes

PIECES = ".pieces"


class UploadInput(forms.ClearableFileInput):
    """A file input that knows what is already on its way; see templates/components/upload.html."""

    template_name = "components/upload.html"
    purpose: Purpose
    dossier: UUID
    waiting: tuple[Incoming, ...] = ()
    many = False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        own = context["widget"]["attrs"]
        return context | {
            "name": name,
            "id": own.get("id", ""),
            "described": own.get("aria-describedby", ""),
            "invalid": "aria-invalid" in own,
            "accept": ",".join(self.purpose.types),
            "many": self.many,
            "dossier": self.dossier,
            "purpose": self.purpose.code,
            "limit": self.purpose.largest,
            "piece": settings.UPLOAD_PIECE_BYTES,
            "waiting": self.waiting,
            "sign_in": reverse(settings.LOGIN_URL),
        }

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile], name: str) -> Any:
        pieces = data.getlist(name + PIECES) if hasattr(data, "getlist") else []
        sent = files.getlist(name) if hasattr(files, "getlist") else []
        return [*sent, *(piece for piece in pieces if piece)]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)


class UploadField(forms.FileField):
    """Files for a purpose, cleaned to a list of what a form sent and of what arrived in pieces (`Incoming`).

    A form binds it in its __init__: `self.fields["…"].bind_to(actor, dossier)`. Content is checked when a service
    stores the files, so that every way in has the same rules.
    """

    widget = UploadInput

    def __init__(self, *, purpose: Purpose, many: bool = True, **kwargs: Any) -> None:
        self.purpose, self.many = purpose, many
        kwargs.setdefault("help_text", limits_in_words(purpose))
        super().__init__(allow_empty_file=True, **kwargs)
        self.widget.purpose, self.widget.many = purpose, many

    def bind_to(
        self, actor: Actor, dossier: UUID, waiting: list[Incoming] | None = None, about: UUID | None = None
    ) -> None:
        """Whose files go where; `waiting` saves a query where a page has several fields.

        `about`: which of several things of the dossier they are for, such as one question of many.
        """
        self.actor, self.dossier = actor, dossier
        if about is not None:
            self.purpose = self.widget.purpose = self.purpose.about(about)
        self.widget.dossier = dossier
        found = receiving.waiting(actor, dossier) if waiting is None else waiting
        self.widget.waiting = tuple(row for row in found if row.purpose == self.purpose.code)

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The files as a list; ValidationError where there is none, too many, or one is not there yet."""
        sent = data if isinstance(data, list) else [data] if data else []
        if not sent:
            return [super().clean(None, initial)] if self.required else []
        if len(sent) > 1 and not self.many:
            raise forms.ValidationError(_("这里只能上传一个文件，请删除多余的。"))
        return [self._one(one) for one in sent]

    def _one(self, one: Any) -> UploadedFile | Incoming:
        if isinstance(one, UploadedFile):
            cleaned: UploadedFile = super().clean(one)
            return cleaned
        try:
            return receiving.complete(self.actor, self.dossier, self.purpose.code, UUID(str(one)))
        except ValueError as error:
            text = str(error) if isinstance(error, UploadRefused) else _("上传的文件不存在，请重新选择文件。")
            raise forms.ValidationError(text) from error


def limits_in_words(purpose: Purpose) -> str:
    """What stands beside the field."""
    said = {"types": in_words(purpose.types), "limit": in_bytes(purpose.largest)}
    return _("可用格式：%(types)s；每个文件不超过 %(limit)s。") % said
