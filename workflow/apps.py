"""The workflow room."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    """The transition machine, the append-only ledger, tasks, the outbox and the working-day clock."""

    name = "workflow"
    verbose_name = _("流程")

    def ready(self) -> None:
        from workflow import calendars, clocks, holdings  # noqa: F401
