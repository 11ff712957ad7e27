"""Lean states: models, indexes and constraints of a migration are known to the operations behind them."""

from django.db import models
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.state import ProjectState

from yilian.kernel.postgres.lean_states import lean_states

KEY = ("id", models.BigAutoField(primary_key=True))
ONCE = models.UniqueConstraint(fields=["name"], name="name_once")
BY_NAME = models.Index(fields=["name"], name="by_name")
OPERATIONS = (
    CreateModel("Place", [KEY, ("name", models.TextField())]),
    CreateModel("Person", [KEY, ("home", models.ForeignKey("town.place", models.PROTECT, related_name="people"))]),
    AddField("person", "born_at", models.ForeignKey("town.place", models.PROTECT, null=True, related_name="natives")),
    CreateModel(
        "Town",
        [("place_ptr", models.OneToOneField("town.place", models.CASCADE, parent_link=True, primary_key=True))],
        bases=("town.place",),
    ),
    AddField("place", "size", models.IntegerField(null=True)),
    AddField("place", "twin", models.ForeignKey("town.town", models.PROTECT, default=1, related_name="twins"), False),
    AddConstraint("place", ONCE),
    AddIndex("place", BY_NAME),
)


def after_operations() -> ProjectState:
    """Return the state behind all operations, its classes rendered from the first one on."""
    state = ProjectState()
    assert list(state.apps.get_models()) == []
    for operation in OPERATIONS:
        operation.state_forwards("town", state)
    return state


def described(state: ProjectState) -> list[object]:
    """Return what the rendered classes know."""
    found: list[object] = []
    for name in ("place", "person", "town"):
        model = state.apps.get_model("town", name)
        found += [sorted(field.name for field in model._meta.get_fields())]
        found += [[one.name for one in (*model._meta.constraints, *model._meta.indexes)]]
    return found


def test_lean_states_know_what_full_ones_know():
    full = after_operations()
    with lean_states():
        lean = after_operations()
    assert lean == full
    assert described(lean) == described(full)
    assert described(lean)[:2] == [
        ["id", "name", "natives", "people", "size", "town", "twin"],
        ["name_once", "by_name"],
    ]
    person, place = (lean.apps.get_model("town", name) for name in ("person", "place"))
    assert person._meta.get_field("home").related_model is place


def test_django_is_as_before_afterwards():
    kept = ProjectState.add_model
    with lean_states():
        assert ProjectState.add_model is not kept
    assert ProjectState.add_model is kept
