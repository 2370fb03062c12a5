"""The models while migrations run, rendered only as far as an operation looks at them.

After each operation Django renders whatever is connected with the changed model anew. Here nearly every model is
connected with the organisations, and rendering took nine tenths of what migrating an empty database took.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState, StateApps
from django.db.migrations.utils import resolve_relation
from django.db.models import Model
from django.utils.functional import cached_property

Key = tuple[str, str]  # label of the app, name of the model in lower case


class AppsOnDemand(StateApps):
    """A registry that renders a model, and whatever its own fields and bases lead to, when somebody asks for it."""

    def __init__(self, real_apps: Iterable[str], states: dict[Key, ModelState]) -> None:
        self.states: dict[Key, ModelState] = {}
        super().__init__(list(real_apps), {})
        self.states = states
        # Who looks for a field that is none of the model's own, as for the lookup in `paper__isnull`, is told at once
        # that there is none; a registry that says it is ready would look for a relation from any other model.
        self.models_ready = False

    def get_model(self, app_label: str, model_name: str | None = None, require_ready: bool = True) -> type[Model]:
        """The model as it is at this point of the migrations; LookupError when there is none."""
        if model_name is None:
            app_label, model_name = app_label.split(".")
        self._render((app_label, model_name.lower()))
        return super().get_model(app_label, model_name, require_ready=False)

    def get_models(self, include_auto_created: bool = False, include_swapped: bool = False) -> list[type[Model]]:
        """All models as they are at this point: who asks for them looks for the relations that point to one."""
        self._render(*self.states)
        return [
            model
            for models in list(self.all_models.values())
            for model in models.values()
            if (include_auto_created or not model._meta.auto_created) and (include_swapped or not model._meta.swapped)
        ]

    def clear_cache(self) -> None:
        """What the rendered models remember of each other is forgotten; nothing is rendered for that."""
        for models in self.all_models.values():
            for model in models.values():
                model._meta._expire_cache()  # type: ignore[attr-defined]

    def _render(self, *keys: Key) -> None:
        found: dict[Key, ModelState] = {}
        ahead = list(keys)
        while ahead:
            key = ahead.pop()
            if key in self.states and key not in found and key[1] not in self.all_models[key[0]]:
                found[key] = self.states[key]
                ahead += _led_to(found[key])
        self.render_multiple(list(found.values()))


class StateOnDemand(ProjectState):
    """The models at one point of the migrations; a change leaves an empty registry, which is filled on demand."""

    def clone(self) -> StateOnDemand:
        """An exact copy; what is rendered goes with it, as Django mostly copies a state to change the original."""
        copy = StateOnDemand({key: state.clone() for key, state in self.models.items()}, self.real_apps)
        apps = self.__dict__.get("apps")
        if isinstance(apps, AppsOnDemand):
            apps.states = copy.models
            copy.__dict__["apps"], self.__dict__["apps"] = apps, AppsOnDemand(self.real_apps, self.models)
        return copy

    @cached_property
    def apps(self) -> StateApps:
        """The registry of this state."""
        return AppsOnDemand(self.real_apps, self.models)

    def clear_delayed_apps_cache(self) -> None:
        """A function of a migration gets all models, with relations from either end."""
        self.__dict__["apps"] = StateApps(list(self.real_apps), self.models)

    def reload_model(self, app_label: str, model_name: str, delay: bool = False) -> None:
        self.__dict__.pop("apps", None)

    def reload_models(self, models: Iterable[Key], delay: bool = True) -> None:
        self.__dict__.pop("apps", None)

    def remove_model(self, app_label: str, model_name: str) -> None:
        self.__dict__.pop("apps", None)
        super().remove_model(app_label, model_name)


class Executor(MigrationExecutor):
    """Runs migrations over states of that kind."""

    def _create_project_state(self, with_applied_migrations: bool = False) -> StateOnDemand:
        state = super()._create_project_state(with_applied_migrations)  # type: ignore[misc]
        return StateOnDemand(state.models, state.real_apps)


def _led_to(state: ModelState) -> Iterator[Key]:
    """The models that have to be there before all fields and bases of this one are whole."""
    for base in state.bases:
        if isinstance(base, str):
            yield resolve_relation(base)
    for field in state.fields.values():
        for model in (getattr(field.remote_field, "model", None), getattr(field.remote_field, "through", None)):
            if model:
                yield resolve_relation(model, state.app_label, state.name_lower)
