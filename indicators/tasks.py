"""The yearly programme's alarm clock."""

import logging
from uuid import UUID

from celery import shared_task
from django.db import InterfaceError, OperationalError

from accounts.scope import system
from indicators import periods_returns, reminding_monitoring, services
from indicators.ledgers import reminding, totals, working
from indicators.models import Run
from indicators.services import evaluation_reminding, fiscal_reminding, ledgers, running, target_gaps, watching
from workflow import instants
from workflow.ledger import recorded

UNFORESEEN = recorded("程序出错（%(kind)s），不是数据有误；请联系运维单位查看日志。")
log = logging.getLogger(__name__)


@shared_task
def open_returns() -> None:
    """Open the returns of the last year as soon as it is over, and the running year; what is open stays as it is."""
    with system():
        services.open_last_year()
        services.open_to_helpers()
        periods_returns.begin_missing()
        services.open_province(instants.today().year - 1)
        watching.open_running_year()
        ledgers.open_ledgers()
        working.count_what_is_new()


@shared_task
def remind_of_ledgers() -> None:
    """Tell what the ledgers and the yearly report lack, each once; add up the support of a year that is over."""
    with system():
        reminding.remind_all()
        reminding_monitoring.remind()
        totals.add_up()
        evaluation_reminding.remind_all()
        fiscal_reminding.remind()
        target_gaps.remind()


@shared_task(time_limit=3600)
def compute_runs() -> None:
    """Compute the runs that wait, one after the other; one that another worker has in hand is left to it."""
    with system():
        waiting = running.waiting()
    for pk in waiting:
        compute_run(pk)


def compute_run(pk: UUID) -> bool:
    """Compute one run, each step in a transaction of its own, so that its progress is seen; False if it is in hand."""
    with system():
        if not running.hold(pk):
            return False
    try:
        with system():
            steps = running.steps(Run.objects.get(pk=pk))
        going = True
        while going:
            with system():
                going = next(steps, None) is not None
    except (OperationalError, InterfaceError):
        raise  # the database went away: the run begins again
    except Exception as error:
        log.exception("run %s could not be computed", pk)
        with system():
            # The database's own words may hold a row; they are for the log, not for those who read the run.
            running.give_up(Run.objects.get(pk=pk), UNFORESEEN % {"kind": type(error).__name__})
    finally:
        running.let_go(pk)
    return True
