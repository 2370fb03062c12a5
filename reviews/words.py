"""How the review of a case is spoken of, in the words of the kind of its filing."""

from __future__ import annotations

from django.utils.translation import gettext as _

from applications.kinds import reviewing
from reviews.models import Case
from workflow.ledger import recorded


def said(case: Case, key: str) -> str:
    """A word of the review on the screen; `applications.kinds.reviewing.WORDS` are its keys."""
    return reviewing.said(case.filing.kind, key)


def over(case: Case, then: str = "") -> str:
    """That the review has ended, and what can be done no more."""
    review = {"review": said(case, "review")}
    return (
        _("%(review)s已经结束，%(then)s。") % {**review, "then": then} if then else _("%(review)s已经结束。") % review
    )


def conclusion_of(case: Case) -> str:
    """What the conclusion is called; where nobody was asked it is 省科技厅's own (T30)."""
    return _("办理意见") if case.is_waived else said(case, "conclusion")


def conclusion_kept(case: Case) -> str:
    """The same as it is kept on record."""
    return recorded("办理意见") if case.is_waived else reviewing.kept(case.filing.kind, "conclusion")


def basis_of(case: Case, usual: str = "") -> str:
    """What an act of the review rests on: the kind's own clause, else the `usual` one."""
    return reviewing.basis(case.filing.kind, usual)
