"""Which of the first lines of a text are its standfirst.

Most labelled pages leave open what a standfirst is, so the network takes many for the first paragraph. What a page
says of it decides: byline or dateline below it; an element unlike those of the paragraphs, which is named as such, or
whose text is the page's description, or is not in what the page states as the article's body.
"""

import re
from collections import Counter
from typing import NamedTuple

from corpus_db.loading import bylines, elements
from corpus_db.loading.features import PROSE
from corpus_db.loading.headlines import BELOW, fold
from corpus_db.loading.sheet import BODY, BYLINE, STATEMENT_END, Sheet
from corpus_db.records import Block, Draft, Role, Scope

_LEAST_WORDS, _MOST_WORDS = 8, 150  # of a standfirst that is no sentence, of any
_MOST = 4  # lines of one
_FIRST = 12  # paragraphs whose elements are those of the text
_ENDS = 40  # characters at either end of a text, by which it is found in a stated one
_STATED = 400  # characters of a body that a page states, at least
# Class words that pages have for it, in ten languages.
_NAMED = re.compile(
    r"""stand-?first|(?<![a-z])lead(?!er|ing)|\blede\b|(?<!speakable-)summary|(?<![a-z])dec?k\b
      |sub-?(?:title|head|line)|teaser|(?<![a-z])intro(?!d)|descri|excerpt|abstract|strapline|catchline|preamble
      |vorspann|anleser|chapo|entradilla|bajada|sottotitolo|occhiello|sommario|perex|ingress|manchet|zajawka|\bspot\b""",
    re.X,
)
_AS_FIRST = re.compile(r"(?<!stand)(?<!stand-)first|drop-?cap")  # class words of a first paragraph

_NOWHERE = Scope("", "", None)


class _Usual(NamedTuple):
    """What elements around the blocks of a text have in common: the tag, the class words of most of them."""

    tag: str
    words: frozenset[str]
    mixed: bool  # most have other words as well

    @classmethod
    def around(cls, text: list[Block]) -> list["_Usual"]:
        """Of their own elements, and of those above them."""
        return [cls._of(scopes) for scopes in zip(*map(_scopes, text), strict=True)]

    @classmethod
    def _of(cls, scopes: tuple[Scope, ...]) -> "_Usual":
        tag = Counter(scope.tag for scope in scopes).most_common(1)[0][0]
        named = [frozenset(scope.names.split()) for scope in scopes if scope.tag == tag]
        counts = Counter(word for words in named for word in words)
        common = frozenset(word for word, count in counts.items() if 2 * count > len(named))
        return cls(tag, common, 2 * sum(words > common for words in named) > len(named))

    def has(self, scope: Scope) -> bool:
        """Whether an element is one like these."""
        words = frozenset(scope.names.split())
        return scope.tag == self.tag and (words >= self.words if self.mixed else words == self.words)


def role(sheet: Sheet, at: int, first: int) -> Role | None:
    """What a likely standfirst is: one, unless it is a short line; above the text that is its first crosshead."""
    text = sheet.blocks[at].text
    if text.count(" ") >= _LEAST_WORDS or STATEMENT_END.search(text[-6:]):
        return Role.STANDFIRST
    return Role.CROSSHEAD if at == first - 1 else None


def take(draft: Draft, sheet: Sheet, roles: list[Role | None], inside: list[int]) -> list[int]:
    """The body without the standfirst, which gets its role."""
    above = _by_place(sheet, roles, inside) or _by_element(draft, sheet, inside)
    words = [sum(sheet.blocks[at].text.count(" ") + 1 for at in part) for part in (above, inside[len(above) :])]
    if words[0] > _MOST_WORDS or 2 * words[0] >= words[1]:
        return inside
    for at in above:
        roles[at] = role(sheet, at, inside[0])
    return inside[len(above) :]


def give_back(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> list[int]:
    """The body with what stands right above it in an element like those of its paragraphs: its first lines."""
    text = _paragraphs(sheet, inside)
    if not text or text[0].form.scope is None:
        return inside
    usual = _Usual.around(text)
    found: list[int] = []
    for at in range(inside[0] - 1, -1, -1):
        if roles[at] in (Role.HEADLINE, Role.BYLINE, Role.DATELINE):
            break
        if roles[at] is Role.STANDFIRST:
            if _unlike(sheet.blocks[at], usual):
                break
            roles[at] = Role.PARAGRAPH
            found.append(at)
    return found[::-1] + inside


def _by_place(sheet: Sheet, roles: list[Role | None], inside: list[int]) -> list[int]:
    """The first lines of a body that stand above byline or dateline."""
    for at in range(inside[0], min(inside[0] + BELOW, len(roles))):
        shaped = roles[at] is Role.BYLINE and bylines.opens(sheet.blocks[at].text)
        likely = roles[at] in (Role.BYLINE, Role.DATELINE, None) and sheet.chances[at, BYLINE:].sum() > BODY
        if shaped or likely:
            above = [each for each in inside if each < at]
            if 0 < len(above) < 3:
                return above
    return []


def _by_element(draft: Draft, sheet: Sheet, inside: list[int]) -> list[int]:
    """The first lines of a body in an element unlike those of its paragraphs, by what page and element say of them."""
    text = _paragraphs(sheet, inside[1:])
    if not text or sheet.blocks[inside[0]].form.scope is None:
        return []
    usual = _Usual.around(text)
    found: list[int] = []
    for at in inside[: min(_MOST, len(inside) - 1)]:
        block = sheet.blocks[at]
        unlike = _unlike(block, usual)
        if not unlike or _AS_FIRST.search(unlike[0]):
            break
        same = found and _names(block) == _names(sheet.blocks[found[0]])
        named = any(_NAMED.search(elements.words(names)) for names in unlike)
        if not (same or named or _is_told(draft, block, text)) or role(sheet, at, inside[0]) is None:
            break
        found.append(at)
    return found


def _is_told(draft: Draft, block: Block, text: list[Block]) -> bool:
    """Whether a page describes itself by a block, or states a body that has the paragraphs and not the block."""
    for each in draft.stated:
        if each.key == "description" and fold(each.value) == fold(block.text):
            return True
        if each.key == "article body" and len(each.value) > _STATED:
            body = " ".join(each.value.split())
            if not _stands(block.text, body) and any(_stands(other.text, body) for other in text[:3]):
                return True
    return False


def _stands(text: str, body: str) -> bool:
    return text[:_ENDS] in body or text[-_ENDS:] in body


def _paragraphs(sheet: Sheet, inside: list[int]) -> list[Block]:
    """The first paragraphs of a body; its first lines where it has no longer ones."""
    text = [sheet.blocks[at] for at in inside if not sheet.blocks[at].form.heading]
    return [block for block in text if len(block.text) > PROSE][:_FIRST] or text[:_FIRST]


def _unlike(block: Block, usual: list[_Usual]) -> list[str]:
    """The class words of those elements around a block that are unlike the usual ones."""
    return [scope.names for scope, others in zip(_scopes(block), usual, strict=True) if not others.has(scope)]


def _names(block: Block) -> list[tuple[str, str]]:
    return [scope[:2] for scope in _scopes(block)]


def _scopes(block: Block) -> list[Scope]:
    """The element of a block and the one above it."""
    own = block.form.scope or _NOWHERE
    return [own, own.parent or _NOWHERE]
