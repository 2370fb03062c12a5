"""The thirteen materials of a filing (申报材料, A.4): what each is, and what must be written down of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.enums import KindCode
from files.kinds import ACCEPTED, FIXED, PICTURES, TEXTS

Text = str | Promise
SCANNED = (*FIXED, *PICTURES)
SEALED = (*SCANNED, *TEXTS)
# What each piece takes: extensions, and the largest file in bytes (None: UPLOAD_LIMIT_BYTES).
# Plans come with maps and tables; what bears a seal is a scan; a scan of more than 100 MB helps nobody.
MIB = 1 << 20
TAKES: dict[str, tuple[tuple[str, ...], int | None]] = {
    "plan": (ACCEPTED, None),
    "argumentation": (ACCEPTED, None),
    "industry_plan": (ACCEPTED, None),
    "boundary_map": (SEALED, None),
    "conformity.city": (SEALED, 100 * MIB),
    "conformity.county": (SEALED, 100 * MIB),
    "conformity.land": (SEALED, 100 * MIB),
    "dev_block": (SEALED, 100 * MIB),
    "policy": (SEALED, 100 * MIB),
    "management": (SEALED, 100 * MIB),
    "responsibility": (SEALED, 100 * MIB),
    "figures": (ACCEPTED, 100 * MIB),
    "commitment": (SCANNED, 50 * MIB),
    "recognition.summary": (ACCEPTED, None),
    "recognition.eia": (ACCEPTED, None),
    "recognition.access": (SEALED, 100 * MIB),
    "recognition.permits": (ACCEPTED, 100 * MIB),
    "recognition.quota": (SEALED, 100 * MIB),
    "recognition.evaluation": (ACCEPTED, 100 * MIB),
    "recognition.environment": (SEALED, 100 * MIB),
    "recognition.evidence": (ACCEPTED, 100 * MIB),
    "recognition.commitment": (SCANNED, 50 * MIB),
    "change.plan": (ACCEPTED, None),
    "change.basis": (SEALED, 100 * MIB),
    "change.map": (SEALED, None),
    "change.commitment": (SCANNED, 50 * MIB),
    "city.plan": (ACCEPTED, None),
    "city.implementation": (ACCEPTED, None),
    "city.self": (ACCEPTED, None),
    "city.evidence": (ACCEPTED, 100 * MIB),
    "city.commitment": (SCANNED, 50 * MIB),
    "national.plan": (ACCEPTED, None),
    "national.evidence": (ACCEPTED, 100 * MIB),
    "national.commitment": (SCANNED, 50 * MIB),
    "exit.decision": (SEALED, 100 * MIB),
    "added.plan": (ACCEPTED, None),
    "added.argumentation": (ACCEPTED, None),
    "added.eia": (ACCEPTED, None),
    "added.boundary_map": (SEALED, None),
    "added.city": (SEALED, 100 * MIB),
    "added.land": (SEALED, 100 * MIB),
    "added.quota": (SEALED, 100 * MIB),
    "added.state": (SEALED, 100 * MIB),
    "added.commitment": (SCANNED, 50 * MIB),
}
# The numbers of a kind's materials begin anew; what stands before the last two digits tells the kind.
HUNDRED = 100
NUMBER, ISSUER, DATE = "document_number", "issued_by", "issued_on"


@dataclass(frozen=True)
class Piece:
    """One kind of file in a material; `details` are the columns of Material that must be filled."""

    code: str
    label: Text
    details: tuple[str, ...] = ()

    @property
    def types(self) -> tuple[str, ...]:
        """The extensions that it takes."""
        return TAKES[self.code][0]

    @property
    def limit(self) -> int | None:
        """Its largest file in bytes; None where only the portal's limit holds."""
        return TAKES[self.code][1]


@dataclass(frozen=True)
class MaterialKind:
    """One of the thirteen (①–⑬). Without pieces it is a part of the plan (四至范围、基础数据、责任人)."""

    number: int
    label: Text
    clause: str
    requirement: Text
    pieces: tuple[Piece, ...] = ()
    section: str = ""

    @property
    def mark(self) -> str:
        """The circled number."""
        return chr(0x2460 + self.number % HUNDRED - 1)


def _one(
    number: int, code: str, label: Text, clause: str, requirement: Text, *details: str, section: str = ""
) -> MaterialKind:
    return MaterialKind(number, label, clause, requirement, (Piece(code, label, details),), section)


CREATION: tuple[MaterialKind, ...] = (
    MaterialKind(
        1,
        _("申报请示"),
        "P-II.1.8b",
        _("设区市人民政府、义乌市人民政府致省政府的请示。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(2, "plan", _("创建规划"), "P-II.1.8b", _("创建规划文本和布局图。")),
    _one(
        3,
        "argumentation",
        _("论证报告"),
        "P-II.1.8a",
        _("论证报告，附专家名单和论证意见，写明论证日期。"),
        ISSUER,
        DATE,
    ),
    _one(
        4,
        "industry_plan",
        _("重点高端产业发展规划"),
        "P-II.1.4a",
        _("规划文本，写明批准单位和批准日期。"),
        ISSUER,
        DATE,
    ),
    MaterialKind(
        5,
        _("四至范围"),
        "P-II.1.2d",
        _("东、南、西、北四至文字和界址坐标，在“四至范围”页填写；另上传四至范围图。"),
        (Piece("boundary_map", _("四至范围图")),),
        section="boundary",
    ),
    MaterialKind(
        6,
        _("规划符合性意见"),
        "P-II.1.2a",
        _("三类规划的符合性意见各一份；出具单位和文号在“规划符合性”页填写。"),
        (
            Piece("conformity.city", _("城市总体规划符合性意见")),
            Piece("conformity.county", _("县（市）域总体规划符合性意见")),
            Piece("conformity.land", _("土地利用总体规划符合性意见")),
        ),
        section="conformity",
    ),
    _one(
        7,
        "dev_block",
        _("“十二五”可开发区块确认"),
        "P-II.1.2c",
        _("四至范围在可开发区块内的确认材料；没有图层可核对的，上传签署的承诺。"),
        section="conformity",
    ),
    _one(
        8,
        "policy",
        _("政策措施文件"),
        "P-II.1.5a",
        _("本级政府印发的创建政策措施文件，写明发文字号。"),
        NUMBER,
    ),
    _one(
        9,
        "management",
        _("管理机构批文"),
        "P-II.1.6a",
        _("机构编制批文，写明文号；内设机构和人员结构在“管理机构”页填写。"),
        NUMBER,
        section="management",
    ),
    _one(
        10,
        "responsibility",
        _("年度目标责任制考核办法"),
        "P-II.1.7",
        _("考核办法文本；考核对象在“考核责任制”页填写。"),
        section="responsibility",
    ),
    MaterialKind(
        11,
        _("基础数据"),
        "P-II.1.3",
        _("基准年和前两年的数据在“三年基础数据”页填写；统计部门出具的证明可在此上传。"),
        (Piece("figures", _("基础数据证明材料（可不传）")),),
        section="figures",
    ),
    MaterialKind(
        12,
        _("主要负责人和分管负责人"),
        "P-IV.4d",
        _("在“市政府责任人”页填写，不需上传。"),
        section="leaders",
    ),
    _one(13, "commitment", _("真实性承诺书"), "P-II.1.8b", _("签字盖章的承诺书。")),
)
RECOGNITION: tuple[MaterialKind, ...] = (
    MaterialKind(
        101,
        _("认定请示"),
        "P-II.3.0a",
        _("设区市人民政府、义乌市人民政府致省政府的请示。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(102, "recognition.summary", _("建设总结报告"), "P-II.3.0b", _("加盖公章的总结报告全文，与各节填写一致。")),
    _one(
        103,
        "recognition.eia",
        _("规划环评报告及审查意见"),
        "P-II.3.5a",
        _("覆盖现行范围的规划环评，附审查意见，写明文号、出具单位和日期。"),
        NUMBER,
        ISSUER,
        DATE,
        section="recognition-environment",
    ),
    _one(104, "recognition.access", _("产业准入条件文件"), "P-II.3.5b", _("准入条件或负面清单，写明文号。"), NUMBER),
    _one(
        105,
        "recognition.permits",
        _("建设项目环评批复和许可清单"),
        "P-II.3.5c",
        _("全部建设项目的清单，逐项列明环评批复和许可。"),
    ),
    _one(
        106,
        "recognition.quota",
        _("新增建设用地指标和占补平衡文件"),
        "P-II.3.4b",
        _("历年用地指标和耕地占补平衡文件，写明文号。"),
        NUMBER,
    ),
    _one(107, "recognition.evaluation", _("项目科技水平评价材料"), "P-II.3.4c", _("入驻项目的科技水平评价汇总。")),
    _one(
        108,
        "recognition.environment",
        _("环境质量和排放达标证明"),
        "P-II.3.5d",
        _("生态环境部门出具，写明出具单位和日期。"),
        ISSUER,
        DATE,
    ),
    _one(109, "recognition.evidence", _("其他佐证材料（可不传）"), "P-II.3.2a", _("研发机构、服务机构等的佐证材料。")),
    _one(110, "recognition.commitment", _("真实性承诺书"), "P-II.3.0b", _("签字盖章的承诺书。")),
)
EXPANSION: tuple[MaterialKind, ...] = (
    MaterialKind(
        201,
        _("扩区请示"),
        "P-II.4e",
        _("设区市人民政府、义乌市人民政府致省政府的请示。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(202, "added.plan", _("扩区规划"), "P-II.4e", _("扩区规划文本和布局图。")),
    _one(203, "added.argumentation", _("论证报告"), "P-II.4e", _("论证报告，附专家名单和论证意见。"), ISSUER, DATE),
    _one(
        204,
        "added.eia",
        _("规划环评报告及审查意见"),
        "P-II.4e",
        _("重新编制、覆盖扩区后全部区域的规划环评，附审查意见，写明文号、出具单位和日期。"),
        NUMBER,
        ISSUER,
        DATE,
        section="new-eia",
    ),
    MaterialKind(
        205,
        _("扩区后的四至范围"),
        "P-II.4e",
        _("四至文字和界址坐标在“四至范围”页填写；另上传标明现有范围和新增区域的范围图。"),
        (Piece("added.boundary_map", _("扩区范围图")),),
        section="boundary",
    ),
    MaterialKind(
        206,
        _("新增区域的规划符合性意见"),
        "P-II.4c",
        _("两类规划的符合性意见各一份；出具单位和文号在“新增区域的规划符合性”页填写。"),
        (
            Piece("added.city", _("城市总体规划符合性意见（新增区域）")),
            Piece("added.land", _("土地利用总体规划符合性意见（新增区域）")),
        ),
        section="added-plans",
    ),
    _one(
        207, "added.quota", _("扩区土地指标落实文件"), "P-II.4d", _("所在地政府落实指标的文件。"), section="added-land"
    ),
    _one(
        208,
        "added.state",
        _("国家规定条件的证明"),
        "P-II.4b",
        _("节约集约用地评价成果等证明材料。"),
        section="state-conditions",
    ),
    _one(209, "added.commitment", _("真实性承诺书"), "P-II.4e", _("签字盖章的承诺书。")),
)
CHANGE: tuple[MaterialKind, ...] = (
    MaterialKind(
        301,
        _("变更请示"),
        "",
        _("设区市人民政府、义乌市人民政府致省政府的请示。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(302, "change.plan", _("变更方案"), "", _("变更的理由、依据、影响和衔接安排。"), section="change"),
    _one(303, "change.basis", _("依据文件"), "", _("市政府常务会议纪要、区划或规划批复等，写明文号。"), NUMBER),
    _one(304, "change.map", _("变更前后范围图（范围不变的可不传）"), "", _("标明变更前后的范围。"), section="boundary"),
    _one(305, "change.commitment", _("真实性承诺书"), "", _("签字盖章的承诺书。")),
)
CITY: tuple[MaterialKind, ...] = (
    MaterialKind(
        401,
        _("申报函"),
        "C-III.2b",
        _("市、县（市、区）人民政府致省科技厅的函。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(402, "city.plan", _("创新型城市（县、区）创建规划"), "C-III.2b", _("创建规划全文，与各节填写一致。")),
    _one(403, "city.implementation", _("实施方案"), "C-III.2b", _("实施方案全文，写明任务分工和年度安排。")),
    _one(404, "city.self", _("自评报告"), "C-III.2c", _("对照评价指标体系五个方面的自评报告。")),
    _one(405, "city.evidence", _("其他佐证材料（可不传）"), "C-III.2c", _("自评数据的来源和证明。")),
    _one(406, "city.commitment", _("真实性承诺书"), "C-III.2b", _("签字盖章的承诺书。")),
)
NATIONAL: tuple[MaterialKind, ...] = (
    MaterialKind(
        501,
        _("申报函"),
        "C-V.3e",
        _("市、县（市、区）人民政府致省科技厅的函。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(502, "national.plan", _("国家创新型试点建设方案"), "C-V.3e", _("建设方案全文，与各节填写一致。")),
    _one(503, "national.evidence", _("其他佐证材料（可不传）"), "C-V.3e", _("所填情况的来源和证明。")),
    _one(504, "national.commitment", _("真实性承诺书"), "C-V.3e", _("签字盖章的承诺书。")),
)
EXIT: tuple[MaterialKind, ...] = (
    MaterialKind(
        601,
        _("退出函"),
        "C-III.2a",
        _("市、县（市、区）人民政府致省科技厅的函。在本系统内拟稿、审核、签发，不需上传。"),
        section="request",
    ),
    _one(602, "exit.decision", _("本级政府的决定（可不传）"), "C-III.2a", _("政府常务会议纪要等。")),
)
OPTIONAL = frozenset(
    {"figures", "recognition.evidence", "change.map", "city.evidence", "national.evidence", "exit.decision"}
)
# The materials of each kind of filing; numbers and codes of pieces are never used twice.
MATERIALS_OF: dict[str, tuple[MaterialKind, ...]] = {
    KindCode.CREATION: CREATION,
    KindCode.RECOGNITION: RECOGNITION,
    KindCode.EXPANSION: EXPANSION,
    KindCode.CHANGE: CHANGE,
    KindCode.CITY: CITY,
    KindCode.NATIONAL: NATIONAL,
    KindCode.EXIT: EXIT,
}
EVERY: tuple[MaterialKind, ...] = tuple(kind for kinds in MATERIALS_OF.values() for kind in kinds)
PIECES: dict[str, Piece] = {piece.code: piece for kind in EVERY for piece in kind.pieces}


def pieces_of(kind: str) -> tuple[Piece, ...]:
    """The pieces that a kind of filing takes."""
    return tuple(piece for material in MATERIALS_OF[kind] for piece in material.pieces)


def kind_of(code: str) -> MaterialKind:
    """The material that a piece belongs to. Raises KeyError."""
    for kind in EVERY:
        if any(piece.code == code for piece in kind.pieces):
            return kind
    raise KeyError(code)
