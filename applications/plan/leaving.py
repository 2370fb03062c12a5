"""The filing by which a place leaves the programme (退出, CT-90): why, and what becomes of what was begun."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.plan.schema import Field, Kind, Section

EXIT: tuple[Section, ...] = (
    Section(
        slug="exit",
        title=_("退出的理由和后续安排"),
        group=_("退出"),
        clauses=(),
        guide=(
            _("“创新型城市（县、区）建设活动采用自愿申报、统一评价的方式展开”（C-III.2a）。"),
            _("建设活动自愿参加，也可以自愿退出。决定之日起称号终止，此后不再报送年度数据，不参加测评和排序。"),
            _("国家创新型（试点）城市由科学技术部批准，退出不影响这一称号；但不再因此报送年度数据。"),
            _("已经公布的结果和称号的沿革仍可查到；今后可以按规定重新申报试点。"),
        ),
        fields=(
            Field("exit.reason", _("退出的理由"), Kind.LONGTEXT, clause="C-III.2a"),
            Field(
                "exit.after",
                _("后续安排"),
                Kind.LONGTEXT,
                clause="C-III.2a",
                help=_("在建项目、专项资金和优惠政策怎样衔接。"),
            ),
            Field("exit.contact", _("联系人"), clause="C-III.2a", help=_("姓名、单位和办公电话。"), office=True),
        ),
    ),
)
