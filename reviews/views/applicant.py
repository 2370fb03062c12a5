"""Pages of the applicant city: it answers questions, and sees status, due dates and the conclusion."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts import carrying
from accounts.decorators import only
from accounts.requests import ActorRequest
from applications.display import label_of
from reviews import services
from reviews.models import Question
from reviews.views import answering
from workflow.machine import Refused


@carrying.survives_where_sealed
@only(lambda actor: actor.is_applicant)
def answer(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Answer a question of 省科技厅; what is typed is kept until it is sent."""
    question = get_object_or_404(Question.objects.select_related("case__filing"), pk=pk)
    if request.method == "POST" and carrying.is_autosave(request):
        return answering.save(request, question)
    form = answering.form_of(request, question)
    errors: list[dict[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.answer_question(question, form.cleaned_data["answer"], request.actor, form.cleaned_data["files"])
        except Refused as refused:
            errors = [{"text": reason} for reason in refused.reasons]
        else:
            answering.given(request, question)
            messages.success(request, _("答复已提交。"))
            return redirect(question.case.filing)
    context = {
        "question": question,
        "target": label_of(question.target) if question.target else "",
        "files": [row.upload for row in question.enclosures.select_related("upload")],
        "earlier": question.case.questions.exclude(pk=question.pk).order_by("asked_at"),
        "filing": question.case.filing,
        "form": form,
        "errors": errors,
        **answering.shown(request, question),
    }
    return render(request, "reviews/answer.html", context)
