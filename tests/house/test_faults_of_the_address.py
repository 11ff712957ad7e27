"""DATABASE_URL: roles are made where the given role may make them; where it may not, a sentence says what to do."""

import psycopg
import pytest
from django.conf import settings

from yilian.kernel.postgres.address import Address
from yilian.kernel.postgres.place import find_place, in_use
from yilian.kernel.postgres.roles import RolesMissing, drop_database, prepare


@pytest.fixture
def admin(database_template):
    """A role that owns a database and may make roles, but is no superuser, as hosted databases give it."""
    root = database_template.admin
    name = "hosted"
    with psycopg.connect(**root.for_psycopg(), autocommit=True) as connection:
        connection.execute("create role hosted login createrole password 'hosted'")
        connection.execute("create database hosted owner hosted")
    yield root.acting_as(name, "hosted").named(name)
    drop_database(root, name)
    with psycopg.connect(**root.for_psycopg(), autocommit=True) as connection:
        connection.execute("drop role hosted")


def url(address: Address) -> str:
    return f"postgresql://{address.user}:{address.password}@/{address.database}?host={address.host}&port={address.port}"


def test_the_roles_of_this_installation_come_into_the_named_database(admin):
    place = settings.PLACE
    prepare(admin, owner=place.owner.named(admin.database), app=place.app.named(admin.database))
    with psycopg.connect(**place.owner.named(admin.database).for_psycopg(), autocommit=True) as owner:
        owner.execute("create table things (id serial primary key, name text)")
    with psycopg.connect(**place.app.named(admin.database).for_psycopg(), autocommit=True) as app:
        assert app.execute("insert into things (name) values ('x') returning id").fetchone() == (1,)
        assert app.execute("update things set name = 'y' returning name").fetchone() == ("y",)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("create table own (id int)")


def test_roles_with_another_password_are_not_taken_over(admin, tmp_path):
    place = find_place(tmp_path, environ={"DATABASE_URL": url(admin)})
    with pytest.raises(RolesMissing, match="does not accept the password"), in_use(place, tmp_path):
        pass


def test_a_role_that_may_not_make_roles_is_told_what_to_do(admin, database_template, tmp_path):
    with psycopg.connect(**database_template.admin.for_psycopg(), autocommit=True) as root:
        root.execute("alter role hosted nocreaterole")
    place = find_place(tmp_path, environ={"DATABASE_URL": url(admin)})
    with pytest.raises(RolesMissing, match="DATABASE_OWNER_URL"), in_use(place, tmp_path):
        pass


def test_two_addresses_are_used_as_they_are(tmp_path):
    environ = {
        "DATABASE_URL": "postgresql://app:a@db:6000/x?sslmode=require",
        "DATABASE_OWNER_URL": "postgres://own:b@db/x",
    }
    place = find_place(tmp_path, environ=environ)
    assert (place.app.user, place.app.port, place.app.for_django()["OPTIONS"]) == (
        "app",
        "6000",
        {"sslmode": "require"},
    )
    assert (place.owner.user, place.owner.password, place.owner.port) == ("own", "b", "5432")
    assert place.server() is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "postgresql://host-only"}, "must name a role and a database"),
        ({"DATABASE_URL": "what is this"}, "cannot be read"),
        ({"DATABASE_OWNER_URL": "postgresql://own:b@db/x"}, "without DATABASE_URL"),
    ],
)
def test_an_address_that_cannot_be_used_is_explained(environ, words, tmp_path):
    with pytest.raises(ValueError, match=words):
        find_place(tmp_path, environ=environ)
