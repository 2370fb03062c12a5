"""The filing for a national pilot (申报国家创新型试点, CT-55): grounds, aims, measures and who answers for it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from applications.plan.schema import Field, Kind, Section

SCHEME = _("申报理由和方案")

NATIONAL: tuple[Section, ...] = (
    Section(
        slug="national",
        title=_("申报理由"),
        group=SCHEME,
        clauses=(),
        guide=(
            _("“积极支持创新型城市（县、区）申报国家级试点”（C-V.3e）。"),
            _("写明建设基础、特色和在全国的示范意义；省科技厅推荐时以此为据。"),
            _("称号、最近一次第三方测评和年度评价结果由系统读取，不需填写。"),
        ),
        fields=(
            Field("national.grounds", _("申报的理由和建设基础"), Kind.LONGTEXT, clause="C-V.3e"),
            Field("national.features", _("特色和示范意义"), Kind.LONGTEXT, clause="C-V.3f"),
        ),
    ),
    Section(
        slug="national-scheme",
        title=_("建设方案"),
        group=SCHEME,
        clauses=(),
        guide=(_("写明目标、任务和保障；方案全文在“申报材料”上传。"),),
        fields=(
            Field("national.aims", _("建设目标"), Kind.LONGTEXT, clause="C-V.3e", help=_("分年度写明。")),
            Field("national.tasks", _("重点任务和改革举措"), Kind.LONGTEXT, clause="C-V.3f"),
            Field("national.support", _("保障措施和经费"), Kind.LONGTEXT, clause="C-V.3b"),
            Field("national.contact", _("联系人"), clause="C-V.1c", help=_("姓名、单位和办公电话。"), office=True),
            Field("national.truth", _("申报材料真实、完整，与原件一致"), Kind.BOOLEAN, clause="C-III.2b"),
        ),
    ),
)
