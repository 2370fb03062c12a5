"""Sections on policy measures, management, responsibility and commitment (P-II.1.5 to P-II.1.7, P-IV.4d)."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from applications.plan.groups import COMMITMENT, POLICY
from applications.plan.schema import Field, Kind, Section, Text

POLICY_AREAS = (
    ("industry", _("产业政策")),
    ("science", _("科技政策")),
    ("talent", _("人才政策")),
    ("startup", _("创业与投融资政策")),
    ("fiscal", _("财政税收政策")),
    ("income", _("技术参与收益分配政策")),
    ("ip", _("知识产权保护政策")),
)
ASSESSED = (
    ("science", _("同级科技部门列为考核对象")),
    ("talent", _("同级人才部门列为考核对象")),
    ("committee", _("园区管委会列为考核对象")),
)
_POLICY_GUIDE = (
    _("每个领域至少写一条举措，并写明出自哪份文件的哪一条；“参照上级政策执行”不算举措。"),
    _("文件原件在“申报材料”⑧上传。"),
)


def _area(code: str, title: Text) -> tuple[Field, Field]:
    return (
        Field(f"policy.{code}.measure", format_lazy(_("{area}：举措"), area=title), Kind.LONGTEXT, clause="P-II.1.5b"),
        Field(f"policy.{code}.source", format_lazy(_("{area}：出自文件与条款"), area=title), clause="P-II.1.5b"),
    )


def _leader(key: str, who: Text, required: bool) -> tuple[Field, ...]:
    return (
        Field(f"leader.{key}.name", format_lazy(_("{who}：姓名"), who=who), required=required, clause="P-IV.4d"),
        Field(f"leader.{key}.post", format_lazy(_("{who}：职务"), who=who), required=required, clause="P-IV.4d"),
        Field(
            f"leader.{key}.phone",
            format_lazy(_("{who}：办公电话"), who=who),
            required=False,
            clause="P-IV.4d",
            office=True,
        ),
    )


SECTIONS = (
    Section(
        slug="policies-1",
        title=_("政策举措：产业、科技、人才、创业与投融资"),
        group=POLICY,
        clauses=("P-II.1.5b",),
        guide=_POLICY_GUIDE,
        fields=tuple(field for code, title in POLICY_AREAS[:4] for field in _area(code, title)),
    ),
    Section(
        slug="policies-2",
        title=_("政策举措：财税、收益分配、知识产权"),
        group=POLICY,
        clauses=("P-II.1.5a", "P-II.1.5b"),
        guide=_POLICY_GUIDE,
        fields=tuple(field for code, title in POLICY_AREAS[4:] for field in _area(code, title)),
    ),
    Section(
        slug="management",
        title=_("管理机构"),
        group=POLICY,
        clauses=("P-II.1.6a", "P-II.1.6c", "P-II.1.6d"),
        guide=(
            _("机构编制批文在“申报材料”⑨上传；人数按填报时的在册人数。"),
            _("增挂高新技术产业园区管委会的牌子在列入创建名单之后办理。"),
        ),
        fields=(
            Field("management.committee", _("管理机构名称"), clause="P-II.1.6a"),
            Field("management.document", _("机构编制批文文号"), clause="P-II.1.6a"),
            Field(
                "management.offices",
                _("内设机构及职能"),
                Kind.LONGTEXT,
                clause="P-II.1.6c",
                help=_("每个机构一行：名称、职能、编制数。"),
            ),
            Field("management.posts_approved", _("核定编制"), Kind.INTEGER, clause="P-II.1.6d", unit="人"),
            Field("management.posts_filled", _("在岗人数"), Kind.INTEGER, clause="P-II.1.6d", unit="人"),
            Field("management.bachelors", _("其中：本科及以上"), Kind.INTEGER, clause="P-II.1.6c", unit="人"),
            Field("management.masters", _("其中：硕士及以上"), Kind.INTEGER, clause="P-II.1.6c", unit="人"),
            Field(
                "management.technical",
                _("其中：理工科专业"),
                Kind.INTEGER,
                required=False,
                clause="P-II.1.6c",
                unit="人",
            ),
            Field("management.team", _("队伍的经历与能力"), Kind.LONGTEXT, clause="P-II.1.6d"),
        ),
    ),
    Section(
        slug="responsibility",
        title=_("考核责任制"),
        group=POLICY,
        clauses=("P-II.1.7",),
        guide=(_("办法应把发展高新产业、新兴产业列为三类对象的年度目标责任制考核重点；原件在“申报材料”⑩上传。"),),
        fields=(
            Field("responsibility.document", _("考核办法名称与文号"), clause="P-II.1.7"),
            Field("responsibility.since", _("施行日期"), Kind.DATE, clause="P-II.1.7"),
            *(Field(f"responsibility.{code}", label, Kind.BOOLEAN, clause="P-II.1.7") for code, label in ASSESSED),
            Field("responsibility.weight", _("考核内容与分值"), Kind.LONGTEXT, clause="P-II.1.7"),
        ),
    ),
    Section(
        slug="leaders",
        title=_("市政府责任人"),
        group=COMMITMENT,
        clauses=("P-IV.4d",),
        guide=(_("只填办公电话，不填手机号码和身份证号。"),),
        fields=(
            *_leader("main", _("主要负责人"), required=True),
            *_leader("deputy", _("分管负责人"), required=True),
        ),
    ),
    Section(
        slug="county-leaders",
        title=_("县（市、区）政府责任人"),
        group=COMMITMENT,
        clauses=("P-IV.4d",),
        guide=(_("园区所在的县（市、区）政府负责人；市本级直接管理的不填。"),),
        optional=True,
        fields=(
            *_leader("county_main", _("县（市、区）主要负责人"), required=True),
            *_leader("county_deputy", _("县（市、区）分管负责人"), required=True),
        ),
    ),
    Section(
        slug="commitment",
        title=_("承诺"),
        group=COMMITMENT,
        clauses=("P-II.1.0",),
        guide=(_("承诺书原件在“申报材料”⑬上传；不得虚报、瞒报、伪造、篡改统计数据。"),),
        fields=(
            Field("commitment.truth", _("申报材料真实、完整，与原件一致"), Kind.BOOLEAN),
            Field("commitment.figures", _("基础数据来自法定统计或有据可查"), Kind.BOOLEAN),
            Field("commitment.secrets", _("不含国家秘密，已作保密审查"), Kind.BOOLEAN),
            Field("commitment.contact", _("联系人"), help=_("姓名、单位和办公电话。"), office=True),
        ),
    ),
)
