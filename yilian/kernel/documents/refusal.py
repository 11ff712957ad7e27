"""What documents raise when they say no; the text is a sentence the person can act on."""

from yilian.kernel.workflow.refusals import Reason, Refused


class FileRefused(Refused):
    """An upload is too large, of a kind that is not taken, not what its name says, or infected."""

    def __init__(self, text: str) -> None:
        super().__init__([Reason("file", text)])


class PaperRefused(Refused):
    """This paper cannot be issued or voided by this actor, or not now."""

    def __init__(self, text: str) -> None:
        super().__init__([Reason("paper", text)])


class FileDamagedError(Exception):
    """A stored file is missing, cut, changed, or sealed with a key this installation does not have."""
