"""Which rule applies between two institutions: the question, what each part of the program answers, and the topics.

A part that knows limits, prices, recognised results or the like declares a source; the resolver asks them all, compares
what they say, and shows the rest.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from yilian.kernel.registries import Registry
from yilian.kernel.registries.words import Words

if TYPE_CHECKING:
    from yilian.registry.models import Consortium, Patient


@dataclass(frozen=True)
class Question:
    """What is asked: between whom, on which day, about what; `subject` is a word such as an item or a specialty.

    `consortia` are those to which both belong on the day, `priority` and `direction` those of a referral, if any.
    """

    sender_id: int
    receiver_id: int
    on: date
    subject: str = ""
    priority: int = 3
    direction: str = ""
    patient: "Patient | None" = None
    consortia: "tuple[Consortium, ...]" = ()


@dataclass(frozen=True)
class Offer:
    """What a clause says to a question: a value that can be compared, as people read it, and what it is about."""

    value: Decimal
    shown: str
    about: str = ""


@dataclass(frozen=True)
class Candidate:
    """One answer, where it comes from and where that opens. A fallback counts where nobody has agreed on anything.

    One that stands by does not count now: it is shown as what would apply if the fallback before it were not there.
    """

    topic: str
    offer: Offer
    origin: str
    url: str = ""
    cite: str = ""
    is_fallback: bool = False
    is_standby: bool = False


@dataclass(frozen=True)
class Topic:
    """What may be asked about. Of a topic where the `strictest` counts the least value applies; of others an agreement
    goes before a fallback, and agreements that differ contradict each other. Answers that `add_up` all apply.
    """

    key: str
    title: Words
    is_strictest: bool = False
    adds_up: bool = False


@dataclass(frozen=True)
class Source:
    """A part of the program that answers: `ask(question)` returns its candidates, of whatever topics."""

    key: str
    ask: Callable[[Question], Sequence[Candidate]]


topics: Registry[Topic] = Registry("topic of rules")
sources: Registry[Source] = Registry("source of rules")
