"""A module -> its mutants: the same module with one small mistake in it each, such as a person makes.

Conditions are turned round, bounds moved by one, words altered, parts of regular expressions and statements left out. A
mutant that does not compile is none.
"""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

_COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_COMPUTED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitAnd: ast.BitOr}
_CALLED = {
    "min": "max", "max": "min", "any": "all", "all": "any", "lstrip": "strip", "rstrip": "strip", "strip": "lstrip",
    "startswith": "endswith", "endswith": "startswith", "lower": "upper", "upper": "lower", "casefold": "upper",
    "start": "end", "end": "start", "index": "rindex", "rindex": "index", "match": "search", "search": "match",
    "fullmatch": "match", "removeprefix": "removesuffix", "removesuffix": "removeprefix", "setdefault": "get",
}  # fmt: skip
_PATTERNS = frozenset(f"re.{name}" for name in "compile sub search match fullmatch split finditer findall".split())
_TOKEN = re.compile(
    r"""(?P<escape>\\.)|(?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])|(?P<open>\((?:\?(?:P<\w+>|<[=!]|[=!:]|-?[a-z]+:))?)|(?P<close>\))
    |(?P<or>\|)|(?P<often>(?:[*+?]|\{\d+(?:,\d*)?\})[?+]?)|(?P<edge>[\^$])|(?P<blank>\s)|(?P<comment>\#[^\n]*)|(?P<char>.)""",
    re.X | re.S,
)
_TURNED = {"(?=": "(?!", "(?!": "(?=", "(?<=": "(?<!", "(?<!": "(?<="}
_HOLE = 0xE000  # code points that stand for the expressions in an f-string


class Mutant(NamedTuple):
    """A mistake: the statement that has it, and the function or method around it; '' where it is in none."""

    line: int
    what: str
    function: str
    body: tuple[ast.stmt, ...]  # of the module, with the mistake
    at: int  # which statement of the module has it


def mutants(source: str) -> Iterator[Mutant]:
    """Every mutant of a module. Valid until the next one is asked for: they share one tree."""
    tree = ast.parse(source)
    patterns = _patterns(tree)
    for at, statement in enumerate(tree.body):
        for parent, field, index, node, function in _places(statement, tree, at):
            for new in _altered(node, parent, patterns, in_function=bool(function)):
                what = f"{_shown(node, new)}"
                _put(parent, field, index, new)
                yield Mutant(node.lineno, what, function, tuple(tree.body), at)
                _put(parent, field, index, node)


def _places(statement: ast.stmt, tree: ast.Module, at: int) -> Iterator[tuple[ast.AST, str, int | None, ast.AST, str]]:
    """Each node that can be altered: where it hangs, and the function or method that it is in."""
    stack: list[tuple[ast.AST, str, int | None, ast.AST, str]] = [(tree, "body", at, statement, "")]
    while stack:
        parent, field, index, node, function = stack.pop()
        if isinstance(node, ast.expr | ast.stmt):
            yield parent, field, index, node, function
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not function.endswith(")"):
            function = f"{function}.{node.name}".removeprefix(".") + ("()" if isinstance(node, ast.FunctionDef) else "")
        if isinstance(node, ast.ClassDef):  # what records hold by default can not be put in the place of what they held
            methods = [(i, each) for i, each in enumerate(node.body) if isinstance(each, ast.FunctionDef)]
            stack += [(node, "body", i, each, function) for i, each in reversed(methods)]
            continue
        for name, value in reversed(list(ast.iter_fields(node))):
            if name in ("annotation", "returns", "decorator_list", "bases") or isinstance(node, ast.JoinedStr):
                continue
            if isinstance(value, ast.AST):
                stack.append((node, name, None, value, function))
            elif isinstance(value, list):
                parts = [(i, each) for i, each in enumerate(value) if isinstance(each, ast.AST)]
                stack += [(node, name, i, each, function) for i, each in reversed(parts)]


def _put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def _shown(old: ast.AST, new: ast.AST) -> str:
    """What is altered, short: where both are long texts, the part that differs."""
    a, b = ast.unparse(old).strip(), ast.unparse(new).strip()
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if len(a) > 100 or len(b) > 100:
        stop = max(0, start - 30)
        a, b = a[stop : stop + 80], b[stop : stop + 80]
    return f"{' '.join(a.split())}  ->  {' '.join(b.split())}"


def _patterns(tree: ast.Module) -> set[int]:
    """The texts that are regular expressions, or parts of some, by the identity of their nodes."""
    found, named = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _PATTERNS and node.args:
            found.add(id(node.args[0]))
            named |= _names(node.args[0])
    for node in tree.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in named:
            found.add(id(node.value))
    return found


def _altered(node: ast.AST, parent: ast.AST, patterns: set[int], *, in_function: bool) -> Iterator[ast.AST]:
    """What a node can be mistaken for."""
    new: list[ast.AST] = []
    if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) in patterns:
        new = list(_altered_pattern(node))
    elif isinstance(node, ast.Constant) and not isinstance(parent, ast.Expr):
        new = [ast.Constant(each) for each in _altered_constant(node.value)]
    elif isinstance(node, ast.expr):
        new = list(_altered_expression(node))
    elif isinstance(node, ast.stmt) and in_function:
        new = list(_altered_statement(node))
    yield from (ast.fix_missing_locations(ast.copy_location(each, node)) for each in new)


def _altered_constant(value: object) -> list[object]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int | float):
        return [value + 1, value - 1]
    if isinstance(value, str):
        return [f"X{value}X"] if value else ["X"]
    return []


def _altered_expression(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for at, each in enumerate(node.ops):
            ops = [*node.ops[:at], _COMPARED[type(each)](), *node.ops[at + 1 :]]
            yield ast.Compare(node.left, ops, node.comparators)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for at in range(len(node.values)):
            rest = node.values[:at] + node.values[at + 1 :]
            yield ast.BoolOp(node.op, rest) if len(rest) > 1 else rest[0]
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        yield ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        yield from (side for side in (node.left, node.right) if ast.unparse(side) != "re.X")
    elif isinstance(node, ast.IfExp):
        yield from (node.body, node.orelse)
    elif isinstance(node, ast.Slice):
        if node.lower:
            yield ast.Slice(None, node.upper)
        if node.upper:
            yield ast.Slice(node.lower, None)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
        yield from _altered_call(node, node.func)


def _altered_call(node: ast.Call, func: ast.Name | ast.Attribute) -> Iterator[ast.expr]:
    name = func.id if isinstance(func, ast.Name) else func.attr
    if name in _CALLED:
        other = _CALLED[name]
        changed = ast.Name(other) if isinstance(func, ast.Name) else ast.Attribute(func.value, other)
        yield ast.Call(changed, node.args, node.keywords)
    for at in range(len(node.keywords)):
        yield ast.Call(func, node.args, node.keywords[:at] + node.keywords[at + 1 :])


def _altered_statement(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.While):
        yield type(node)(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)
    elif _can_go(node):
        yield ast.Pass()


def _can_go(node: ast.stmt) -> bool:
    """Whether a module without the statement still makes sense: it calls, goes on, or alters what is there."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Constant | ast.Yield)
    if isinstance(node, ast.Assign):
        return bool(_names(node.targets[0]) & _names(node.value))
    return isinstance(node, ast.AugAssign | ast.Continue | ast.Break | ast.Raise)


def _names(node: ast.AST) -> set[str]:
    return {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}


def _altered_pattern(node: ast.Constant | ast.JoinedStr) -> Iterator[ast.expr]:
    """A regular expression with a part left out or turned round; the expressions of an f-string are kept."""
    values = [node] if isinstance(node, ast.Constant) else node.values
    text, holes = "", []
    for each in values:
        if isinstance(each, ast.Constant):
            text += str(each.value)
        else:
            text += chr(_HOLE + len(holes))
            holes.append(each)
    for new in dict.fromkeys(_altered_text(text)):
        if not holes:
            yield ast.Constant(new)
            continue
        parts = re.split(f"([{chr(_HOLE)}-{chr(_HOLE + 99)}])", new)
        yield ast.JoinedStr([holes[ord(p) - _HOLE] if at % 2 else ast.Constant(p) for at, p in enumerate(parts) if p])


def _altered_text(text: str) -> Iterator[str]:
    stack: list[list[int]] = [[0]]  # of each group that is open: where its alternatives begin
    for match in _TOKEN.finditer(text):
        kind, start, stop = match.lastgroup, match.start(), match.end()
        if kind == "often" or kind == "edge" or (kind == "escape" and match[0] in (r"\b", r"\A", r"\Z")):
            yield text[:start] + text[stop:]
        elif kind == "set":
            yield text[:start] + ("[" + match[0][2:] if match[0][1] == "^" else "[^" + match[0][1:]) + text[stop:]
        elif kind == "open":
            if match[0] in _TURNED:
                yield text[:start] + _TURNED[match[0]] + text[stop:]
            stack.append([stop])
        elif kind == "or":
            stack[-1].append(stop)
        elif kind == "close" and len(stack) > 1:
            yield from _without_one(text, stack.pop(), start)
    yield from _without_one(text, stack[0], len(text))


def _without_one(text: str, starts: list[int], stop: int) -> Iterator[str]:
    """A text without one of the alternatives that begin there; each is followed by a bar, but the last by the end."""
    for at, start in enumerate(starts if len(starts) > 1 else []):
        yield text[:start] + text[starts[at + 1] :] if at + 1 < len(starts) else text[: start - 1] + text[stop:]
