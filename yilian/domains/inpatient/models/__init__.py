"""The tables of this domain."""

from yilian.domains.inpatient.models.judgement import Decision, DecisionKind, FitSpan, Mark, MarkSource
from yilian.domains.inpatient.models.stay import Source, Stay

__all__ = ["Decision", "DecisionKind", "FitSpan", "Mark", "MarkSource", "Source", "Stay"]
