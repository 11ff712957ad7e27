"""Nonsense in an address, a query or a form is refused or ignored, never a fault of ours."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from allauth.mfa.models import Authenticator

from tests.house.estate import Estate, build
from tests.house.exits import Visitor, addresses
from tests.house.test_exits import QUERIES, public_words
from tests.world import World

pytestmark = pytest.mark.exhaustive

NONSENSE = ("a\x00b", "x" * 5000, "9" * 30, "-1", "²", "9999-12-31", "0001-01-01", "~'\"<>%\\")
NO_TEXT = ("%ff", "%ed%a0%80")  # bytes that are no UTF-8
WORST = ("a%00b", "9" * 30, "%ff")
"""What each word of a query is given alone: for one after another there are too many pages."""
WORDS = ("nonsense", "a\x00b", "x" * 3000, "%", "²")


@pytest.fixture(autouse=True)
def vault_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def estate(world: World) -> Estate:
    made = build(world, "errand")
    Authenticator.objects.filter(pk=made.owned.pop("authenticator")).delete()  # the test holds no passkey
    return made


def values_of(estate: Estate) -> dict[str, Any]:
    return public_words(estate) | estate.owned


def filled(estate: Estate) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yield every address that the estate can fill, with the values."""
    values = values_of(estate)
    return ((address, values) for address in addresses() if set(address.meanings.values()) <= values.keys())


def faults_of(visitor: Visitor, paths: Iterator[str], **way: Any) -> list[str]:
    return [f"{path[:120]!r}: {status}" for path in paths if (status := visitor.asks(path, **way).status) >= 500]


def test_nonsense_in_a_query_is_no_fault(estate):
    visitor = Visitor(estate.user)
    values = [*map(quote_plus, NONSENSE), *NO_TEXT]
    paths = (
        f"{address.at(known)}?{query}"
        for address, known in filled(estate)
        if (names := QUERIES.get(address.route))
        for query in (
            *("&".join(f"{name}={value}" for name in names) for value in values),
            *(f"{name}={value}" for name in names for value in WORST if len(names) > 1),
        )
    )
    assert faults_of(visitor, paths) == []


def test_unknown_and_repeated_parameters_are_no_fault(estate):
    visitor = Visitor(estate.user)
    paths = (f"{address.at(values)}?colour=red&colour=%00&[]=&=&&" for address, values in filled(estate))
    assert faults_of(visitor, paths) == []


@pytest.mark.parametrize("word", WORDS, ids=lambda word: ascii(word)[:12])
def test_nonsense_in_an_address_is_not_found(estate, word):
    visitor, found = Visitor(estate.user), []
    for address, values in filled(estate):
        for meaning in address.meanings.values():
            path = address.at(values | {meaning: quote(word, safe="")})
            status = visitor.asks(path).status
            if status >= 500 or (status == 200 and not address.route.startswith("accounts/")):
                found.append(f"{path[:120]!r}: {status}")
    assert not found


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "x" * 5000, "9" * 30, "²", "9999-12-31", "9999-12-31T23:59"],
    ids=lambda value: ascii(value)[:12],
)
def test_nonsense_in_a_form_is_no_fault(estate, value):
    visitor = Visitor(estate.user)
    names = ["text", "reason", "paper", "purpose", "_version", "_note", "_key", "_do", "title", "forget", "column",
             "post", "theme", "language", "next", "ground", "value", "effective_from", "scope", "channel", "query",
             *(ask.name for ask in estate.case.case_type.form)]  # fmt: skip
    verbs = [step.verb for step in estate.case.case_type.flow.steps]
    asks = [ask.name for step in estate.case.case_type.flow.steps for ask in step.asks]
    form = dict.fromkeys([*names, *asks], value)
    paths = (
        address.at(values | {"verb": verb})
        for address, values in filled(estate)
        if not address.is_api and not address.route.startswith("accounts/")
        for verb in (verbs if "verb" in address.meanings.values() else verbs[:1])
    )
    assert faults_of(visitor, paths, method="POST", body=form) == []
