"""Migrations without needless work: what Django renders anew after each operation although nothing of it has changed.

While it migrates, Django keeps a class for every model as the migrations have left it, and after an operation renders
the model anew with all that it points to, and all that these are pointed to by. On a schema like ours that is nearly
the whole time of a first start. An index or a constraint is one entry more in a list of its class, a new column is one
field more, and a new model changes none of those that are there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED, Model


@contextmanager
def lean_states() -> Iterator[None]:
    """Inside the block, new models are rendered alone, and new columns, indexes and constraints are only noted."""
    before = {name: getattr(ProjectState, name) for name in _LEAN}
    for name, lean in _LEAN.items():
        setattr(ProjectState, name, lean)
    try:
        yield
    finally:
        for name, kept in before.items():
            setattr(ProjectState, name, kept)


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:  # type: ignore[attr-defined]
        self.resolve_model_relations(key)
    if "apps" in vars(self):  # asking for the attribute would render everything
        self.apps.render_multiple([model_state])


def _append_option(self: ProjectState, app_label: str, model_name: str, option_name: str, obj: Any) -> None:
    options = self.models[app_label, model_name].options
    options[option_name] = [*options[option_name], obj]
    if "apps" in vars(self):
        meta = self.apps.get_model(app_label, model_name)._meta  # later operations read them from there
        setattr(meta, option_name, [*getattr(meta, option_name), obj])


def _add_field(
    self: ProjectState, app_label: str, model_name: str, name: str, field: Any, preserve_default: bool
) -> None:
    if not preserve_default:  # the default is for the rows that are there, later operations do not know it
        field = field.clone()
        field.default = NOT_PROVIDED
    key = app_label, model_name
    self.models[key].fields[name] = field
    if self._relations is not None:  # type: ignore[attr-defined]
        self.resolve_model_field_relations(key, name, field)
    if "apps" in vars(self):
        model = self.apps.get_model(app_label, model_name)
        field.clone().contribute_to_class(model, name)
        _forget_inherited(model)


def _forget_inherited(model: type[Model]) -> None:
    """Let the models that inherit from this one look its fields up anew."""
    for heir in model.__subclasses__():
        heir._meta._expire_cache()  # type: ignore[attr-defined]
        _forget_inherited(heir)


_LEAN = {"add_model": _add_model, "add_field": _add_field, "_append_option": _append_option}
