"""Fixtures: tests run on a real PostgreSQL as the role without rights, so row security and revoked rights hold.

`django_db` tests share one database and roll back. `fresh_database` is for tests that commit, use threads or a live
server. Tests that ask for no database start none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from pytest_django.live_server_helper import LiveServer

from yilian.kernel.postgres.place import in_use, server_folder
from yilian.kernel.postgres.server import Server
from yilian.kernel.testing.template import Template, pointing_at

QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "256MB"}


@pytest.fixture(scope="session")
def database_template() -> Iterator[Template]:
    """The migrated database to copy from, on a server that ends with the last run that uses it."""
    home, place = Path(settings.HOME), settings.PLACE
    server = Server(server_folder(home), settings=QUICK)
    with in_use(place, home, server):
        template = Template(place, server, home)
        template.drop_leftovers()
        yield template


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, database_template: Template) -> Iterator[None]:
    """Give pytest-django a database of this run; its tests roll back what they write."""
    with django_db_blocker.unblock(), _clone(database_template):
        yield


@pytest.fixture
def fresh_database(django_db_blocker, database_template: Template) -> Iterator[str]:
    """A database of this test alone, for real commits, threads and other processes; returns its name."""
    with django_db_blocker.unblock(), _clone(database_template) as name:
        yield name


@pytest.fixture(scope="module")
def database_of_module(django_db_blocker, database_template: Template) -> Iterator[str]:
    """A database that all tests of a module share, for what takes long to load and is only read; returns its name."""
    with django_db_blocker.unblock(), _clone(database_template) as name:
        yield name


@pytest.fixture
def live_site(fresh_database: str) -> Iterator[str]:
    """The site served by threads of this process on a database of this test alone; returns its address."""
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
    connections.close_all()


@contextmanager
def _clone(template: Template) -> Iterator[str]:
    name = template.clone()
    with pointing_at(name):
        yield name
    template.drop(name)
