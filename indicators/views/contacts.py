"""The working group of the departments: whom one may ask, named by each department for itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.private_numbers import refuse
from accounts.requests import ActorRequest
from indicators.enums import Book
from indicators.services import contacts as services
from workflow import instants
from workflow.machine import Refused


class ContactForm(forms.Form):
    """Who answers for a department."""

    name = forms.CharField(label=gettext_lazy("姓名"), max_length=40)
    post = forms.CharField(label=gettext_lazy("处室和职务"), max_length=80)
    phone = forms.CharField(label=gettext_lazy("办公电话"), max_length=40, validators=[refuse])
    since = forms.DateField(
        label=gettext_lazy("起始日期"), widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input--width-10"})
    )


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ActorRequest) -> HttpResponse:
    """The ten departments with their contacts; a member names its own."""
    names = services.names(request.actor)
    if request.method == "POST" and not names:
        raise Http404
    form = ContactForm(request.POST or None, initial={"since": instants.today().isoformat()})
    if request.method == "POST" and form.is_valid():
        try:
            services.name_contact(request.actor, **form.cleaned_data)
        except Refused as refused:
            for reason in refused.reasons:
                form.add_error(None, reason)
        else:
            messages.success(request, _("已指定联络员。"))
            return redirect("ledgers:contacts")
    context: dict[str, Any] = {
        "members": services.members(),
        "form": form if names else None,
        "books": Book.choices,
        "own": request.actor.organisation.pk,
    }
    return render(request, "indicators/ledgers/contacts.html", context, status=422 if form.errors else 200)
