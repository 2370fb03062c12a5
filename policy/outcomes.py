"""The words with which a clause, and a whole clause set, is answered."""

from enum import StrEnum


class Outcome(StrEnum):
    """What became of one clause; `label` is the Chinese word shown to people."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_ASSESSABLE = "not_assessable"
    NOT_APPLICABLE = "not_applicable"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return _OUTCOME_LABELS[self]


class Verdict(StrEnum):
    """What became of the whole set; `label` is the Chinese word shown to people."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return _VERDICT_LABELS[self]


class Kind(StrEnum):
    """How a clause is answered: by figures, by documents on file, or by people in review."""

    QUANTITATIVE = "quantitative"
    DOCUMENTS = "documents"
    REVIEW = "review"


class Audience(StrEnum):
    """Who is shown a clause: everybody who judges (contract), or the portal's pages only."""

    CONTRACT = "contract"
    PORTAL = "portal"


_OUTCOME_LABELS = {
    Outcome.MET: "达到",
    Outcome.NOT_MET: "未达到",
    Outcome.NOT_ASSESSABLE: "无法判定",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.EXEMPT: "豁免",
}

_VERDICT_LABELS = {
    Verdict.MET: "达到要求",
    Verdict.NOT_MET: "未达到要求",
    Verdict.OPEN: "尚待裁定",
    Verdict.NOT_APPLICABLE: "不适用",
}
