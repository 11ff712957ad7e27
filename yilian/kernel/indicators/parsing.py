"""Reading the text of a formula: Python's own grammar, of which a small list is allowed; nothing is ever evaluated.

    count()   count(where=…)   sum(column, where=…)   distinct(column, where=…)
    and or not   == != < <= > >=   column in ["a", "b"]   between(column, low, high)   is_known(column)
    prefix(code, 3)   moment + minutes(30)   moment + days(31)   number + number   institution.level

A value that nobody knows makes a condition neither true nor false, and its row isn't counted; also under `not`.
"""

import ast
import typing
from collections.abc import Callable

from django.utils.translation import gettext as _

from yilian.kernel.indicators.refusal import FormulaRefused, at_node
from yilian.kernel.indicators.tree import (
    Aggregate,
    All,
    Among,
    Any,
    Col,
    Compare,
    Known,
    Later,
    Lit,
    Not,
    Prefix,
    Row,
    Span,
    Sum,
    Verb,
)
from yilian.kernel.indicators.typing_rules import Vocabulary, comparable, kind_of, sentence_for_kind
from yilian.kernel.lake.fact import Kind

LONGEST = 2000
LARGEST = 10**15
DEEPEST = 40
LONGEST_SPAN = {"minutes": 60 * 24 * 31, "days": 3660}
SIGNS = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
FULL_WIDTH = dict(zip("（），＝＜＞！“”‘’【】。；：＋－", "(),=<>!\"\"''[].;:+-", strict=True))


def parse(text: str, vocabulary: Vocabulary) -> Aggregate:
    """Return the tree of one side of a formula. Raises FormulaRefused, which says what is wrong and where."""
    body = _read(text)
    _refuse_depth(body)
    return _Reader(vocabulary, text).aggregate(body)


def _read(text: str) -> ast.expr:
    if not text.strip():
        raise FormulaRefused(_("没有内容：请写 count()、sum(列) 或 distinct(列)"))
    if len(text) > LONGEST:
        raise FormulaRefused(_("太长：最多 {most} 个字符").format(most=LONGEST), LONGEST + 1)
    for place, sign in enumerate(text, 1):
        _refuse_sign(sign, place)
    try:
        return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        offset = getattr(error, "offset", None)
        raise FormulaRefused(_("读不懂：括号、引号或逗号不成对，或此处不该有这个词"), offset) from error


def _refuse_depth(body: ast.expr) -> None:
    floor: list[ast.AST] = [body]
    depth = 0
    while floor := [child for node in floor for child in ast.iter_child_nodes(node)]:
        depth += 1
        if depth > DEEPEST:
            raise FormulaRefused(_("套得太深：最多 {most} 层").format(most=DEEPEST))


def _refuse_sign(sign: str, place: int) -> None:
    if sign in FULL_WIDTH:
        said = _("“{sign}”是全角符号，请改用半角 {other}").format(sign=sign, other=FULL_WIDTH[sign])
        raise FormulaRefused(said, place)
    if not sign.isascii() or sign in "\\\0":
        raise FormulaRefused(_("“{sign}”不能用在公式里：列名、代码都是英文和数字").format(sign=sign), place)


class _Reader:
    """Walks the parts of one text; knows the columns by their fact."""

    def __init__(self, vocabulary: Vocabulary, text: str) -> None:
        self.words = vocabulary
        self.text = text
        self.calls: dict[str, Callable[[ast.Call], Row]] = {
            "between": self._between, "is_known": self._is_known, "prefix": self._prefix,
        }  # fmt: skip
        self.forms: dict[type[ast.expr], Callable[[typing.Any], Row | None]] = {
            ast.Name: self._name, ast.Attribute: self._attribute, ast.Constant: self._constant,
            ast.BoolOp: self._several, ast.UnaryOp: self._unary, ast.Compare: self._compared,
            ast.BinOp: self._together, ast.Call: self._call,
        }  # fmt: skip

    def refuse(self, said: str, node: ast.AST) -> FormulaRefused:
        return at_node(said, node, self.text)

    def aggregate(self, node: ast.expr) -> Aggregate:
        name = _called(node)
        if not isinstance(node, ast.Call) or name not in set(Verb):
            raise self.refuse(_("最外层须是 count、sum 或 distinct"), node)
        verb = Verb(name)
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if set(given) - {"where"} or len(given) != len(node.keywords):
            raise self.refuse(_("{verb} 只能带一个 where=条件").format(verb=verb), node)
        where = self.condition(given["where"]) if given else None
        if len(node.args) != (verb is not Verb.COUNT):
            said = _("count 不带列，只带 where") if verb is Verb.COUNT else _("{verb} 须写明一列").format(verb=verb)
            raise self.refuse(said, node)
        return Aggregate(verb, self._measured(verb, node.args[0]) if node.args else None, where)

    def _measured(self, verb: Verb, node: ast.expr) -> Row:
        of = self.row(node)
        kind = kind_of(of)
        if verb is Verb.SUM and kind is not Kind.INT:
            raise self.refuse(_("sum 只能加整数列；这里是{kind}").format(kind=sentence_for_kind(kind)), node)
        if verb is Verb.DISTINCT and not isinstance(of, Col):
            raise self.refuse(_("distinct 只数一列的不同取值"), node)
        return of

    def condition(self, node: ast.expr) -> Row:
        """Return a part that holds or does not. Raises FormulaRefused for one that is a value."""
        found = self.row(node)
        if kind_of(found) is not Kind.BOOL:
            said = _("这里要一个条件（成立或不成立），写的却是{kind}").format(kind=sentence_for_kind(kind_of(found)))
            raise self.refuse(said, node)
        return found

    def row(self, node: ast.expr) -> Row:
        """Return any part that one row has a value for."""
        form = self.forms.get(type(node))
        found = form(node) if form else None
        if found is None:
            raise self.refuse(_not_allowed(node), node)
        return found

    def _name(self, node: ast.Name) -> Row:
        return self._known_column(node.id, "", node)

    def _attribute(self, node: ast.Attribute) -> Row | None:
        return self._known_column(node.attr, node.value.id, node) if isinstance(node.value, ast.Name) else None

    def _constant(self, node: ast.Constant) -> Row:
        return self._literal(node.value, node)

    def _several(self, node: ast.BoolOp) -> Row:
        parts = tuple(self.condition(value) for value in node.values)
        return All(parts) if isinstance(node.op, ast.And) else Any(parts)

    def _unary(self, node: ast.UnaryOp) -> Row | None:
        if isinstance(node.op, ast.Not):
            return Not(self.condition(node.operand))
        match node.op, self.row(node.operand):
            case ast.USub(), Lit(value=int(number)):
                return Lit(-number)
        return None

    def _call(self, node: ast.Call) -> Row | None:
        made = self.calls.get(_called(node))
        return made(node) if made else None

    def _known_column(self, name: str, place: str, node: ast.expr) -> Col:
        try:
            return self.words.column(name, place)
        except KeyError as error:
            raise self.refuse(str(error.args[0]), node) from error

    def _literal(self, value: object, node: ast.expr) -> Lit:
        if isinstance(value, bool):
            raise self.refuse(_("是否列直接写列名，或写 not 列名，不与 True、False 比较"), node)
        if isinstance(value, int) and abs(value) <= LARGEST:
            return Lit(value)
        if isinstance(value, str):
            return Lit(value)
        raise self.refuse(_("只能写整数和带引号的代码；金额以分计，时间以分钟、天计"), node)

    def _compared(self, node: ast.Compare) -> Row:
        if isinstance(node.ops[0], ast.In | ast.NotIn) and len(node.ops) == 1:
            found = self._among(node.left, node.comparators[0])
            return Not(found) if isinstance(node.ops[0], ast.NotIn) else found
        parts, sides = [], [node.left, *node.comparators]
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            if type(op) not in SIGNS:
                raise self.refuse(_("不允许的比较：只有 == != < <= > >= 和 in"), node)
            parts.append(self._pair(left, SIGNS[type(op)], right))
        return parts[0] if len(parts) == 1 else All(tuple(parts))

    def _pair(self, left: ast.expr, sign: str, right: ast.expr) -> Compare:
        one, other = self.row(left), self.row(right)
        if said := comparable(one, sign, other, self.words):
            raise self.refuse(said, right)
        return Compare(one, sign, other)

    def _among(self, node: ast.expr, listed: ast.expr) -> Among:
        of = self.row(node)
        if not isinstance(listed, ast.List | ast.Tuple) or not listed.elts:
            raise self.refuse(_('in 后面要写列表，如 ["a", "b"]'), listed)
        values = []
        for element in listed.elts:
            value = self.row(element)
            if not isinstance(value, Lit):
                raise self.refuse(_("列表里只能写整数或带引号的代码"), element)
            if said := comparable(of, "==", value, self.words):
                raise self.refuse(said, element)
            values.append(value.value)
        return Among(of, tuple(values))

    def _together(self, node: ast.BinOp) -> Row | None:
        if not isinstance(node.op, ast.Add | ast.Sub):
            return None
        left = self.row(node.left)
        if kind_of(left) in (Kind.MOMENT, Kind.DATE):
            return Later(left, self._span(node, kind_of(left)))
        right = self.row(node.right)
        if (kind_of(left), kind_of(right)) != (Kind.INT, Kind.INT):
            raise self.refuse(_("只有整数能相加减，时刻能加 minutes(…) 或 days(…)"), node)
        return Sum(left, right, 1 if isinstance(node.op, ast.Add) else -1)

    def _span(self, node: ast.BinOp, kind: Kind) -> Span:
        unit, call = _called(node.right), node.right
        if not isinstance(node.op, ast.Add) or not isinstance(call, ast.Call) or unit not in LONGEST_SPAN:
            raise self.refuse(_("时刻后面只能加 minutes(分钟数) 或 days(天数)"), node.right)
        if kind is Kind.DATE and unit == "minutes":
            raise self.refuse(_("日期只能加 days(天数)"), node.right)
        number = self._whole(call, call.args, 0, LONGEST_SPAN[unit])
        return Span(**{unit: number})

    def _whole(self, node: ast.Call, given: list[ast.expr], lowest: int, highest: int) -> int:
        value = given[0].value if len(given) == 1 and isinstance(given[0], ast.Constant) else None
        if type(value) is not int or not lowest <= value <= highest or node.keywords:
            said = _("这里要一个 {lowest} 到 {highest} 的整数").format(lowest=lowest, highest=highest)
            raise self.refuse(said, node)
        return value

    def _between(self, node: ast.Call) -> Row:
        if len(node.args) != 3 or node.keywords:
            raise self.refuse(_("between 要三样：列、下限、上限（都含）"), node)
        of, low, high = node.args
        return All((self._pair(of, ">=", low), self._pair(of, "<=", high)))

    def _is_known(self, node: ast.Call) -> Row:
        return Known(self._only_column(node, node.args[:1], len(node.args) == 1 and not node.keywords))

    def _prefix(self, node: ast.Call) -> Row:
        of = self._only_column(node, node.args[:1], len(node.args) == 2)
        if of.kind is not Kind.CODE:
            raise self.refuse(_("prefix 只用于代码列"), node)
        return Prefix(of, self._whole(node, node.args[1:], 1, 20))

    def _only_column(self, node: ast.Call, given: list[ast.expr], is_complete: bool) -> Col:
        found = self.row(given[0]) if given else None
        if not isinstance(found, Col) or not is_complete:
            raise self.refuse(_("{name} 里要写一个列名").format(name=_called(node)), node)
        return found


def _called(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _not_allowed(node: ast.expr) -> str:
    if isinstance(node, ast.BinOp):
        return _("公式里不做除法、乘法、取余：比值由分子、分母两式给出，最后只除一次")
    if isinstance(node, ast.Call):
        name = _called(node)
        if name in set(Verb):
            return _("{name} 只能在最外层").format(name=name)
        return _("没有“{name}”这个函数").format(name=name or ast.unparse(node.func)[:40])
    return _("不允许的写法：{text}").format(text=ast.unparse(node)[:60])
