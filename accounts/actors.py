"""The person who acts, in the name of which organisation and in which post."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from accounts.compiled import Compiled, Slot
from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation, Person, Post
from accounts.scope import PUBLIC, Scope

SESSION_KEY = "acting_post"


@dataclass(frozen=True)
class Actor:
    """A signed-in person with the acting post (当前岗位); everything that is done is done by an Actor."""

    person: Person
    post: Post

    @property
    def organisation(self) -> Organisation:
        """The organisation in whose name the person acts."""
        return self.post.organisation

    @property
    def role(self) -> str:
        """The post's role, one of PostRole."""
        return self.post.role

    @property
    def post_label(self) -> str:
        """The acting post in words: title where there is one, and the role."""
        label = PostRole(self.post.role).label
        return f"{self.post.title}（{label}）" if self.post.title else str(label)

    @property
    def is_applicant(self) -> bool:
        """Whether the organisation is one of the twelve that may file (P-II.1.8a)."""
        return self.organisation.kind == OrganisationKind.APPLICANT_GOV

    @property
    def may_file_for_place(self) -> bool:
        """Whether the organisation is the government of a city or county, which may apply for it (C-III.2b)."""
        return self.organisation.kind in {OrganisationKind.APPLICANT_GOV, OrganisationKind.COUNTY_GOV}

    @property
    def is_helper(self) -> bool:
        """Whether the organisation is one of a city's that help to fill in its plans (协同填报)."""
        helpers = {OrganisationKind.CITY_ST_BUREAU, OrganisationKind.COUNTY_GOV, OrganisationKind.PARK_COMMITTEE}
        return self.organisation.kind in helpers

    @property
    def is_lead(self) -> bool:
        """Whether the organisation is 省科技厅, the lead of both programmes."""
        return self.organisation.kind == OrganisationKind.LEAD

    @property
    def is_department(self) -> bool:
        """Whether the organisation is a department: one of the nine of the joint review, or one invited per case."""
        return self.organisation.kind in {OrganisationKind.DEPARTMENT, OrganisationKind.OTHER_DEPARTMENT}

    @property
    def is_expert(self) -> bool:
        """Whether the organisation is an expert (评审专家), an organisation of one person."""
        return self.organisation.kind == OrganisationKind.EXPERT

    @property
    def is_government(self) -> bool:
        """Whether the organisation is the provincial government's office."""
        return self.organisation.kind == OrganisationKind.PROV_GOV_OFFICE

    @property
    def is_authority(self) -> bool:
        """Whether the organisation takes part in deciding on filings: 省科技厅, 省政府, a department or an expert."""
        return self.is_lead or self.is_government or self.is_department or self.is_expert

    @property
    def is_admin(self) -> bool:
        """Whether the post is that of the organisation's administrator."""
        return self.role == PostRole.ADMIN

    @property
    def is_handler(self) -> bool:
        """Whether the acting post drafts (经办)."""
        return self.role == PostRole.HANDLER

    @property
    def is_reviewer(self) -> bool:
        """Whether the acting post checks (审核)."""
        return self.role == PostRole.REVIEWER

    @property
    def is_signer(self) -> bool:
        """Whether the acting post signs (签发)."""
        return self.role == PostRole.SIGNER

    @property
    def scope(self) -> Scope:
        """The row scope of this actor."""
        return Scope("organisation", self.organisation.pk, self.person.pk)


POSTS = Compiled(
    lambda: (
        Post.objects.in_force(Slot("day"))
        .filter(person=Slot("person"), organisation__active=True)
        .select_related("person", "organisation", "organisation__division")
        .order_by("organisation__order", "role")
    )
)


def posts_of(person: Person) -> list[Post]:
    """The posts a person holds today in organisations that are in use."""
    return posts_of_id(person.pk)


def posts_of_id(person: UUID) -> list[Post]:
    """The same by the person's key, each post with its person."""
    return POSTS(person=person, day=timezone.localdate())


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of a request: the chosen post, or the only one; None where nobody acts yet."""
    if not request.user.is_authenticated:
        return None
    posts = getattr(request.user, "posts_today", None)
    if posts is None:
        posts = posts_of(request.user)
    chosen = request.session.get(SESSION_KEY)
    for post in posts:
        if str(post.pk) == chosen:
            return Actor(request.user, post)
    return Actor(request.user, posts[0]) if len(posts) == 1 else None


def scope_of(actor: Actor | None) -> Scope:
    """The scope of an actor; the public's where there is none."""
    return actor.scope if actor else PUBLIC
