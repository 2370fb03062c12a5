"""Invented people for every role, with user names that say who they are: hz-jb is 杭州市政府's 经办人."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.enums import OrganisationKind, PostRole
from accounts.models import Organisation, Person, Post
from portal.founding.offices import GOVERNMENT, LEAD
from portal.sample.organisations import INVENTED, OPERATOR

PASSWORD = "Chuangyuan-2026"  # noqa: S105 - told to everybody who tries the sample province
POSTED = dt.date(2012, 1, 1)
SUFFIXES = {
    PostRole.HANDLER: "jb",
    PostRole.REVIEWER: "sh",
    PostRole.SIGNER: "qf",
    PostRole.ADMIN: "gl",
    PostRole.AUDITOR: "sj",
}
WORDS = {
    PostRole.HANDLER: "经办",
    PostRole.REVIEWER: "审核",
    PostRole.SIGNER: "签发",
    PostRole.ADMIN: "管理",
    PostRole.AUDITOR: "审计",
}
FOUR = (PostRole.HANDLER, PostRole.REVIEWER, PostRole.SIGNER, PostRole.ADMIN)
PREFIXES = {
    "gov-330100": "hz",
    "gov-330200": "nb",
    "gov-330300": "wz",
    "gov-330400": "jx",
    "gov-330500": "huz",
    "gov-330600": "sx",
    "gov-330700": "jh",
    "gov-330800": "qz",
    "gov-330900": "zs",
    "gov-331000": "tz",
    "gov-331100": "ls",
    "gov-330782": "yw",
    LEAD: "kjt",
    "dept-fgw": "fgw",
    "dept-org": "zzb",
    "dept-jxw": "jxt",
    "dept-rsj": "rst",
    "dept-land": "zrzyt",
    "dept-env": "sthjt",
    "dept-build": "jst",
    "dept-commerce": "swt",
    "dept-stat": "tjj",
    GOVERNMENT: "szf",
    OPERATOR: "yw-wei",
    **{office.code: office.prefix for office in INVENTED if office.prefix},
}
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
MANY_POSTS = "duogang"


@dataclass(frozen=True)
class Account:
    """A sample account: whose it is, in which post, and how to sign in."""

    organisation: str
    role: str
    username: str
    password: str = PASSWORD


def roles_of(organisation: Organisation) -> tuple[PostRole, ...]:
    """The posts of a sample office: three persons and an administrator; an expert is alone."""
    if organisation.kind == OrganisationKind.EXPERT:
        return (PostRole.SIGNER,)
    return (PostRole.ADMIN, PostRole.AUDITOR) if organisation.kind == OrganisationKind.OPERATOR else FOUR


def load_people() -> int:
    """One person for each post of each office, and one person with three posts; how many posts there are."""
    password = make_password(PASSWORD)
    organisations = [one for one in Organisation.objects.order_by("order") if one.code in PREFIXES]
    count = 0
    for number, organisation in enumerate(organisations):
        for role in roles_of(organisation):
            surname = SURNAMES[number % len(SURNAMES)]
            word = "专家" if organisation.kind == OrganisationKind.EXPERT else WORDS[role]
            person = _person(f"{PREFIXES[organisation.code]}-{SUFFIXES[role]}", f"示例·{surname}{word}", password)
            _post(person, organisation, role)
            count += 1
    return count + _load_many_posts(password)


def _load_many_posts(password: str) -> int:
    """A person who handles for 杭州, checks for its bureau and administers a committee: one at a time."""
    person = _person(MANY_POSTS, "示例·多岗", password)
    posts = {
        "gov-330100": PostRole.HANDLER,
        "kjj-330100": PostRole.REVIEWER,
        "committee-hangzhou": PostRole.ADMIN,
    }
    for code, role in posts.items():
        _post(person, Organisation.objects.get(code=code), role)
    return len(posts)


def _person(username: str, name: str, password: str) -> Person:
    return Person.objects.get_or_create(
        username=username, defaults={"name": name, "password": password, "sample": True}
    )[0]


def _post(person: Person, organisation: Organisation, role: PostRole) -> None:
    Post.objects.get_or_create(person=person, organisation=organisation, role=role, defaults={"valid_from": POSTED})


def accounts() -> list[Account]:
    """Every sample account and post that is loaded, in the order of the offices."""
    order = {role: place for place, role in enumerate(SUFFIXES)}
    posts = Post.objects.in_force().filter(person__sample=True).select_related("person", "organisation")
    return [
        Account(post.organisation.short_name, str(PostRole(post.role).label), post.person.username)
        for post in sorted(
            posts, key=lambda post: (post.organisation.order, order[PostRole(post.role)], post.person.username)
        )
    ]
