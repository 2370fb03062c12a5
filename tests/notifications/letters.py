"""A small kind of paper of the tests' own, with a real form and content, and drafts of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.test import Client

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.scope import of_organisation, system
from notifications import kinds, signoff
from notifications.models import Draft, Paper
from tests.factories import make_filing, make_office, make_organisation

CODE = "test_letter"


class LetterForm(forms.Form):
    subject = forms.CharField(label="事由", max_length=60)
    day = forms.DateField(label="日期")
    tone = forms.ChoiceField(label="语气", choices=[("firm", "坚决"), ("kind", "委婉")])


def compose(draft: Draft) -> dict[str, Any]:
    """A letter about what the handler wrote, to the addressee named in the fields."""
    return {
        "format": "letter",
        "title": f"关于{draft.fields['subject']}的函",
        "issuer_mark": draft.tenant.name,
        "issuer_name": draft.tenant.name,
        "issuers": [draft.tenant.name],
        "addressees": ["某某单位"],
        "body": [{"kind": "p", "text": f"现将{draft.fields['subject']}有关事项函告如下。"}],
        "to": draft.fields.get("to", []),
    }


def missing(draft: Draft) -> list[str]:
    """The subject has to be there."""
    return [] if draft.fields.get("subject") else ["事由还没有填写。"]


def signed(draft: Draft, paper: Paper, actor: Actor) -> None:
    """Nothing follows in the portal."""


KIND = kinds.PaperKind(
    code=CODE,
    label="测试函",
    act="发函",
    series="letter",
    compose=compose,
    signed=signed,
    form=LetterForm,
    missing=missing,
)
kinds.register(KIND)

FIELDS = {"subject": "年度评价", "day": "2026-03-02", "tone": "firm"}


class Office:
    """An office with three persons and a draft on its way."""

    def __init__(self, organisation: Organisation | None = None, to: list[Organisation] | None = None) -> None:
        self.organisation = organisation or make_organisation()
        self.handler, self.reviewer, self.signer = make_office(self.organisation)
        self.filing = make_filing(self.organisation)
        with self.scope(self.handler):
            self.draft = signoff.start(
                CODE,
                self.filing,
                self.filing.dossier,
                "关于年度评价的函",
                self.handler,
                {**FIELDS, "to": [str(one.pk) for one in to or []]},
            )

    def scope(self, actor: Actor) -> Any:
        """The row scope of one of its people."""
        return of_organisation(actor.organisation.pk, actor.person.pk)

    def bring_to(self, status: str) -> Draft:
        """Take the draft to a status by the acts that lead there."""
        way = {
            "drafting": [],
            "checking": [(signoff.send, self.handler)],
            "signing": [(signoff.send, self.handler), (signoff.pass_on, self.reviewer)],
            "signed": [
                (signoff.send, self.handler),
                (signoff.pass_on, self.reviewer),
                (signoff.sign, self.signer),
            ],
            "cancelled": [(lambda draft, actor: signoff.cancel(draft, actor, "不发了"), self.handler)],
        }[status]
        for act, actor in way:
            with self.scope(actor):
                act(self.draft, actor)
        return self.draft

    def reload(self) -> Draft:
        """The draft as it is stored now."""
        with system():
            self.draft = Draft.objects.get(pk=self.draft.pk)
        return self.draft

    def paper(self) -> Paper:
        """The one paper that the draft became."""
        with system():
            return Paper.objects.get(dossier=self.draft.dossier, kind=CODE)

    @property
    def address(self) -> str:
        """The sign-off page."""
        return f"/papers/drafts/{self.draft.pk}/"


def browser(actor: Actor) -> Client:
    """A browser in which an actor is signed in, in that very post."""
    client = Client()
    client.force_login(actor.person)
    session = client.session
    session["acting_post"] = str(actor.post.pk)
    session.save()
    return client
