"""Templates whose unchanging parts (words, icons, addresses of files) are drawn once per language, not per request."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, cast

from django.template import Context, Node, NodeList, Template
from django.template.base import FilterExpression, Origin, TextNode, Variable
from django.template.defaulttags import LoadNode
from django.template.library import SimpleNode
from django.template.loaders import cached
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

always_the_same: set[Any] = set()
"""Functions behind simple tags that draw the same whenever they are given the same; `pages` enters its own."""


class Loader(cached.Loader):
    """Keeps templates as Django does, folded."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template = super().get_template(template_name, skip)
        if is_new:
            fold(template.nodelist)
        return template


class Folded(Node):
    """Nodes beside each other that draw the same for everybody who reads the same language."""

    child_nodelists = ()

    def __init__(self, nodes: list[Node]) -> None:
        self.nodes = nodes
        self.drawn: dict[tuple[str | None, bool], str] = {}

    def render(self, context: Context) -> str:
        key = get_language(), context.autoescape
        text = self.drawn.get(key)
        if text is None:
            text = self.drawn[key] = "".join(str(node.render_annotated(context)) for node in self.nodes)
        return text


def fold(nodes: NodeList) -> None:
    """Replace, here and below, each run of unchanging nodes by one."""
    folded: list[Node] = []
    for is_folding, found in groupby(nodes, _is_unchanging):
        run = list(found)
        folded += [Folded(run)] if is_folding and not all(isinstance(node, TextNode) for node in run) else run
    for node in folded:
        for inner in _below(node):
            fold(inner)
    nodes[:] = folded


def _below(node: Node) -> Iterator[NodeList]:
    for name in node.child_nodelists:
        if name != "nodelist" or not hasattr(node, "conditions_nodelists"):
            yield cast(NodeList, getattr(node, name, NodeList()))
    for _condition, nodes in getattr(node, "conditions_nodelists", ()):
        yield nodes


def _is_unchanging(node: Node) -> bool:
    match node:
        case TextNode() | LoadNode():
            return True
        case TranslateNode():
            return not node.asvar and not node.message_context and _is_literal(node.filter_expression)
        case StaticNode():
            return node.varname is None and _is_literal(node.path)
        case SimpleNode():
            given = [*node.args, *node.kwargs.values()]
            return node.func in always_the_same and node.target_var is None and all(map(_is_literal, given))
    return False


def _is_literal(expression: FilterExpression) -> bool:
    variable = expression.var
    return not expression.filters and not (isinstance(variable, Variable) and variable.lookups is not None)
