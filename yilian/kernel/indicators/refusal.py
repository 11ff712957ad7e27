"""What is wrong with a formula, as a sentence with its place."""

import ast

from django.utils.translation import gettext as _


class FormulaRefused(ValueError):
    """A formula cannot be used: `said` says why, `position` is the first character concerned, counted from 1."""

    def __init__(self, said: str, position: int | None = None) -> None:
        self.said = said
        self.position = position
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Return the reason with its place."""
        if self.position is None:
            return self.said
        return _("第 {position} 个字符：{said}").format(position=self.position, said=self.said)


def at_node(said: str, node: ast.AST, text: str) -> FormulaRefused:
    """Return the refusal of one part of a text, whose characters are all of one byte."""
    lines = text.strip().splitlines()
    before = sum(len(line) + 1 for line in lines[: getattr(node, "lineno", 1) - 1])
    return FormulaRefused(said, len(text) - len(text.lstrip()) + before + getattr(node, "col_offset", 0) + 1)
