"""The nouns of agreements."""

from yilian.domains.agreement.models.agreement import Agreement, AgreementState, Succession
from yilian.domains.agreement.models.checking import Finding, Fulfilment, Verdict
from yilian.domains.agreement.models.clause import Clause, ClauseRound, Way
from yilian.domains.agreement.models.promise import Promise
from yilian.domains.agreement.models.signature import Manner, Signature

__all__ = [
    "Agreement",
    "AgreementState",
    "Clause",
    "ClauseRound",
    "Finding",
    "Fulfilment",
    "Manner",
    "Promise",
    "Signature",
    "Succession",
    "Verdict",
    "Way",
]
