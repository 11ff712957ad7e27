"""Looks an installation over and says in plain words what is missing or set wrong."""

from yilian.config.doctor import machine
from yilian.config.doctor.database import look_into_database
from yilian.config.doctor.finding import Findings


def examine() -> Findings:
    """Yield every finding, from the folder up to the worker."""
    yield from machine.look_at_folder()
    yield from machine.look_at_disk()
    yield from machine.look_at_keys()
    yield from machine.look_at_hash()
    yield from machine.look_at_reach()
    yield from machine.look_at_programs()
    yield from machine.look_at_parts()
    yield from look_into_database()
