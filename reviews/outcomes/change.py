"""变更 (T30): the register is changed from the frozen version that was decided on; a merged or ended park is final."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from accounts.actors import Actor
from applications.enums import KindCode
from applications.kinds.change import Change, of_content
from applications.plan import change
from notifications.enums import LegalEffect
from notifications.models import Paper
from notifications.rendering import wording
from notifications.rendering.wording_alteration import alteration_approval
from registry.services import end_park, merge_parks, move_park, redraw_park, rename_park
from reviews.models import Case
from reviews.outcomes import Outcome, declare
from workflow.machine import Refused

AFTER = {
    change.RENAME: ["原名称自本批复之日起停止使用，园区的法律地位和已经取得的资格不变。"],
    change.REDRAW: ["自本批复之日起按变更后的范围管理和统计，上年度基期数据按新范围重报。"],
    change.MERGE: ["并入的园区自本批复之日起终止，其权利义务和统计关系由存续的园区承接。"],
    change.END: ["园区自本批复之日起终止，摘除牌子，停止享受有关支持政策。"],
}


def _change(case: Case) -> Change:
    assert case.filing.park is not None
    return of_content(case.filing.park, case.version.content)


def _compose(filing: wording.Filing, lead: str, duties: Sequence[str], case: Case) -> dict[str, Any]:
    asked = _change(case)
    return alteration_approval(filing, what=asked.words, after=AFTER.get(asked.what, []), lead=lead, duties=duties)


def _confers(case: Case) -> str:
    return LegalEffect.ENDED if _change(case).what in {change.MERGE, change.END} else LegalEffect.NONE


def _grant(case: Case, paper: Paper, actor: Actor) -> None:
    asked = _change(case)
    given: dict[str, Any] = {"paper": paper, "dossier": case.dossier, "actor": actor}
    since = paper.issued_on
    if asked.what == change.RENAME:
        rename_park(asked.park, asked.name, **given, since=since)
    elif asked.what == change.MOVE and asked.zone is not None:
        move_park(asked.park, asked.zone, **given, since=since)
    elif asked.what == change.MERGE and asked.taken and not asked.unknown:
        merge_parks(asked.park, asked.taken, **given, since=since)
    elif asked.what == change.END:
        end_park(asked.park, **given)
    elif asked.what != change.REDRAW or asked.boundary is None:
        raise Refused([_("园区或开发区在申报后已经变动，不能按申报的内容变更，请退回重新申报。")])
    if asked.boundary is not None:
        redraw_park(
            asked.park,
            geojson={name: asked.boundary["geojson"][name] for name in ("type", "coordinates")},
            area_km2=Decimal(asked.boundary["area_km2"]),
            four_sides=case.version.content["four_sides"],
            **given,
            since=since,
        )


CHANGE = declare(KindCode.CHANGE, Outcome(_compose, _grant, _confers, paper="change", basis="PK-80; T30"))
