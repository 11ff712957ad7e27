"""The nouns of governance."""

from yilian.domains.governance.models.motion import Ballot, Choice, Matter, Motion, MotionState, Outcome

__all__ = ["Ballot", "Choice", "Matter", "Motion", "MotionState", "Outcome"]
