"""Signed papers: number, date, issuer, signer and data hash at once; file, delivery and validity afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.queries import sample_is_loaded
from notifications.enums import PaperValidity
from notifications.kinds import PaperKind, kind_of
from notifications.models import Draft, NumberSeries, Paper, PaperCopy
from notifications.rendering.coverage import in_signs_of_papers, unprintable
from notifications.rendering.document import InvalidPaper, from_dict
from workflow import outbox
from workflow.ledger import digest
from workflow.machine import Refused

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_check_code() -> str:
    """A check code (查验码) of 80 random bits, without letters that are mistaken for figures."""
    return "".join(secrets.choice(ALPHABET) for _place in range(16))


def next_number(tenant: Organisation, code: str, year: int) -> int:
    """The next serial of a code in a year; the series' row is locked until the transaction ends."""
    series, _created = NumberSeries.objects.get_or_create(tenant=tenant, code=code, year=year)
    series = NumberSeries.objects.select_for_update(no_key=True).get(pk=series.pk)
    series.last += 1
    series.save(update_fields=["last"])
    return series.last


def format_number(code: str, year: int, serial: int) -> str:
    """A document number (发文字号) as GB/T 9704 writes it: 浙政函〔2026〕3号."""
    return f"{code}〔{year}〕{serial}号"


def issue(draft: Draft, actor: Actor) -> Paper:
    """Make the signed paper of a draft: the content is composed and frozen now, the file is rendered later."""
    kind = kind_of(draft.kind)
    content = composed(draft)
    tenant = Organisation.objects.get(pk=draft.tenant_id)
    today = timezone.localdate()
    code = tenant.series[kind.series_for(draft)]
    serial = next_number(tenant, code, today.year)
    return _issue(
        kind,
        tenant,
        draft.dossier,
        content,
        code=code,
        serial=serial,
        number=format_number(code, today.year, serial),
        draft=draft,
        handler_id=draft.handler_id,
        reviewer_id=draft.reviewer_id,
        signer=actor.person,
        signer_name=actor.person.name,
        confers=kind.confers(draft),
    )


def composed(draft: Draft) -> dict[str, Any]:
    """The content of a draft as it stands, in the language of papers. Raises Refused where it cannot be typeset."""
    with override(settings.LANGUAGE_CODE):
        content: dict[str, Any] = in_signs_of_papers(kind_of(draft.kind).compose(draft))
    trial = {key: value for key, value in content.items() if key not in ("to", "cc_organisations", "issuer_name")}
    today = timezone.localdate()
    number = {} if content["format"] == "minutes" else {"number": format_number("某", today.year, 1)}
    _check({**trial, **number, "date": today.isoformat()}, "0" * 64)
    return content


def _check(data: dict[str, Any], data_hash: str) -> None:
    """What would make the rendering fail for good is refused while a person can still mend it."""
    try:
        from_dict({"data_sha256": data_hash, **data})
    except InvalidPaper as error:
        raise Refused([_("文稿内容无法排版：%(error)s") % {"error": error}]) from error
    if characters := unprintable(data):
        raise Refused(
            [_("公文字库中没有这些字符：%(characters)s。请改用规范汉字或标点。") % {"characters": " ".join(characters)}]
        )


def issue_automatic(
    kind: PaperKind, tenant: Organisation, dossier: UUID, content: dict[str, Any], code: str, serial: int, number: str
) -> Paper:
    """A paper that the portal itself gives (回执): no office signs it, its number and hash make it checkable."""
    return _issue(
        kind, tenant, dossier, content, code=code, serial=serial, number=number, signer_name=settings.SITE["name"]
    )


def issue_alone(
    kind: PaperKind, tenant: Organisation, dossier: UUID, content: dict[str, Any], code: str, actor: Actor
) -> Paper:
    """A paper that one person signs without an office behind (专家意见); raises Refused where it cannot be typeset."""
    year = timezone.localdate().year
    content = in_signs_of_papers(content)
    _check({**_trial(content), "number": format_number("某", year, 1)}, "0" * 64)
    serial = next_number(tenant, code, year)
    return _issue(
        kind,
        tenant,
        dossier,
        content,
        code=code,
        serial=serial,
        number=format_number(code, year, serial),
        signer=actor.person,
        signer_name=actor.person.name,
    )


def issue_joint(
    kind: PaperKind,
    tenant: Organisation,
    dossier: UUID,
    content: dict[str, Any],
    people: tuple[UUID, UUID, UUID],
    names: str,
) -> Paper:
    """A paper that several offices signed one after the other (联合行文), under the first one's number.

    `people` are the first office's handler, reviewer and signer; `names` all who signed. Raises Refused where it cannot
    be typeset.
    """
    year = timezone.localdate().year
    content = in_signs_of_papers(content)
    _check({**_trial(content), "number": format_number("某", year, 1)}, "0" * 64)
    code = tenant.series[kind.series]
    serial = next_number(tenant, code, year)
    handler, reviewer, signer = people
    return _issue(
        kind,
        tenant,
        dossier,
        content,
        code=code,
        serial=serial,
        number=format_number(code, year, serial),
        handler_id=handler,
        reviewer_id=reviewer,
        signer_id=signer,
        signer_name=names,
    )


def supersede(papers: Iterable[Paper], paper: Paper) -> None:
    """Mark papers of the same office as replaced by a newer one; they stay readable. A revoked one stays revoked."""
    keys = [one.pk for one in papers if one.pk != paper.pk]
    valid = Paper.objects.filter(pk__in=keys, validity=PaperValidity.VALID)
    valid.update(validity=PaperValidity.SUPERSEDED, superseded_by=paper)


def _trial(content: dict[str, Any]) -> dict[str, Any]:
    """A content without its addressees, dated today, as it is checked before it has a number."""
    left_out = ("to", "cc_organisations", "issuer_name")
    return {key: value for key, value in content.items() if key not in left_out} | {
        "date": timezone.localdate().isoformat()
    }


def _issue(
    kind: PaperKind, tenant: Organisation, dossier: UUID, content: dict[str, Any], *, number: str, **columns: Any
) -> Paper:
    today, now = timezone.localdate(), timezone.now()
    content = in_signs_of_papers(content)
    to, cc = content.pop("to", []), content.pop("cc_organisations", [])
    issuer_name = content.pop("issuer_name")
    check_code = new_check_code()
    sample = sample_is_loaded()
    data = {
        **content,
        "number": number,
        "date": today.isoformat(),
        "check": {"code": check_code, "url": f"{settings.PORTAL_BASE_URL}/papers/{check_code}/"},
        "sample": sample,
    }
    data_hash = digest(data)
    _check(data, data_hash)
    paper = Paper.objects.create(
        tenant=tenant,
        dossier=dossier,
        kind=kind.code,
        year=today.year,
        number=number,
        title=content["title"],
        issued_on=today,
        issuer_name=issuer_name,
        signed_at=now,
        template_version=kind.version,
        data=data,
        data_hash=data_hash,
        check_code=check_code,
        sample=sample,
        published_at=now if kind.published else None,
        **columns,
    )
    for organisation_id, is_main in [*((pk, True) for pk in to), *((pk, False) for pk in cc)]:
        PaperCopy.objects.create(paper=paper, tenant=tenant, organisation_id=organisation_id, is_main=is_main)
    outbox.follow(None, "notifications.render_paper", str(paper.pk), {"paper": str(paper.pk)}, tenant)
    return paper
