"""Reading writes nothing: every address, asked by somebody who may see everything there, as PostgreSQL counts it."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator

from tests.house.estate import Estate, build
from tests.house.exits import WHOLE, Visitor, addresses
from tests.house.test_exits import KINDS, public_words
from tests.world import World

pytestmark = pytest.mark.exhaustive

# What a sheet has only once its lines are chosen, or its scores are final.
LATER = ("/line/", "/snapshot.zip")
# Who looked, when somebody was last here, and what a session remembers.
NOTES = {"audit_accessrecord", "api_apitoken", "django_session", "usersessions_usersession"}


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def estate(world: World, kind: str) -> Estate:
    made = build(world, kind)
    Authenticator.objects.filter(pk=made.owned.pop("authenticator")).delete()  # the test holds no passkey
    return made


def own_paths(estate: Estate) -> Iterator[str]:
    """Yield every path that this estate can fill, those of no case type with one of the estates only."""
    values = public_words(estate) | estate.owned
    for address in addresses():
        meanings = set(address.meanings.values())
        is_of_its_kind = bool(meanings & {"kind", f"{estate.case.kind} case"})
        if meanings <= values.keys() and (is_of_its_kind or estate.case.kind == WHOLE):
            yield address.at(values)


@pytest.mark.parametrize("kind", KINDS)
def test_reading_writes_only_that_somebody_looked(estate):
    reader, faults, seen = Visitor(estate.user), [], 0
    for path in own_paths(estate):
        for headers in ({}, {"hx_request": "true"}):
            answer = reader.asks(path, **headers)
            seen += answer.status == 200
            if answer.status >= 500 or answer.written - NOTES:
                faults.append(f"{path} {headers}: {answer.status}, wrote {set(answer.written - NOTES)}")
        is_there = "/do/" not in path and not path.endswith(LATER)
        if str(estate.owned["case"]) in path and is_there and answer.status not in (200, 405):
            faults.append(f"{path}: its owner gets {answer.status}")
    assert not faults, "\n".join(faults)
    assert seen > 20, "the pages were really read"
