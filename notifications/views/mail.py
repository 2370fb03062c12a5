"""One's mails: how one wants to hear of what, what was sent, and switching a topic off from a mail."""

from __future__ import annotations

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.decorators import public_page
from accounts.requests import PersonRequest
from accounts.scope import present
from notifications import mailing
from notifications.enums import MailMode, Programme, Topic
from notifications.forms_mail import MailChoiceForm
from notifications.models import Mail

LATEST = 20


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: PersonRequest) -> HttpResponse:
    """How one wants to hear by mail (邮件通知), and the latest mails."""
    form = MailChoiceForm(request.POST or None, modes=mailing.modes_of(request.user))
    if request.method == "POST" and form.is_valid():
        mailing.choose(request.user.pk, form.chosen())
        messages.success(request, _("邮件通知的设置已保存。"))
        return redirect("mail")
    mails = Mail.objects.filter(person=request.user)[:LATEST]
    return render(request, "notifications/mail_choices.html", {"form": form, "mails": mails})


@csrf_exempt
@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Switch topics off from a mail, without signing in: the signed address stands for the person (RFC 8058)."""
    try:
        person, topics = mailing.read_stop(token)
    except (signing.BadSignature, ValueError, KeyError) as error:
        raise Http404 from error
    done = request.method == "POST"
    if done:
        present(str(person))
        mailing.choose(person, dict.fromkeys(topics, MailMode.OFF.value))
    labels = [f"{Programme(programme).label}：{Topic(topic).label}" for programme, topic in topics]
    return render(request, "notifications/mail_stop.html", {"labels": labels, "done": done})
