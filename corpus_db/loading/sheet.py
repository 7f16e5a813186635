"""The blocks of a draft with what was found out about them; the roles that form alone gives."""

import re
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import features, metadata, network, outlets
from corpus_db.records import Block, Draft, Role, Scope

LETTER = re.compile(r"[^\W\d_]")
# A question can head a section; a line that ends in a full stop or a comma does not.
STATEMENT_END = re.compile(r"""[.!…。！;:,][\])}'"’”»›]*\Z""")
CROSSHEAD_WORDS = 16
PARAGRAPH, CROSSHEAD, HEADLINE, STANDFIRST, BYLINE, DATELINE = range(1, len(network.CLASSES))
BODY = 0.44  # how likely a block has to be body
SURE = 0.8  # the same, where its wording says that it is none
_HEADER_BLOCKS = 60  # the `key: value` lines of a crawler stand above them
# Class words of the elements that hold what readers wrote: 'comments', 'comment-list', 'commentBody', 'comment_4711'.
_COMMENTS = re.compile(
    r"(?<![\w-])(?:(?:reader|user|blog|article|post|wp-block|js)-)?(?:[Cc]omments?|kommentare|leserkommentare|commentaires)"
    r"(?:(?:-|_|(?=[A-Z]))(?!open|closed|count|link|enabled|hidden|icon|number)\w[\w-]*|list\w*|body|area|text|tree)?(?![\w-])"
)
_NO_SECTION = frozenset(("html", "body", "main"))
_DOUBT = 0.02  # how likely a block has to be of a text, for its kind to be believed
_KEPT = 1 << 12  # class words of which it is kept what they say
REMAINING = 60  # words that a text has to have without what is left out of it


@dataclass(frozen=True, slots=True)
class Sheet:
    """The blocks of a draft with what was found out about them."""

    blocks: tuple[Block, ...]
    chances: NDArray[np.float32]  # (n, classes)
    fixed: dict[int, Role]  # by form alone
    worded: tuple[Role | None, ...]  # hints of the wording, rough


def fixed_roles(draft: Draft) -> dict[int, Role]:
    """Roles that form alone gives: lines of metadata, rules, descriptions of images."""
    found: dict[int, Role] = {}
    header, front = _header(draft.blocks), draft.front
    texts = {block.text for block in draft.blocks[:_HEADER_BLOCKS]}
    comments = _comments(draft.blocks)
    for at, block in enumerate(draft.blocks):
        said = draft.told[at] if draft.told else None
        if said is not None:
            if said is not Role.PARAGRAPH:
                found[at] = said
        elif block.form.rule:
            found[at] = Role.SEPARATOR
        elif at in header or block.stop <= front:
            found[at] = Role.METADATA
        elif block.form.image:
            found[at] = Role.CAPTION
        elif at in comments or (at < _HEADER_BLOCKS and _is_page_title(block.text, texts)):
            found[at] = Role.BOILERPLATE
    return found


def as_told(draft: Draft, chances: NDArray[np.float32]) -> NDArray[np.float32]:
    """The chances of the roles of blocks (n, classes), where the format says which of them are text: only those are."""
    if not draft.told:
        return chances
    text = np.array([role is Role.PARAGRAPH for role in draft.told])
    found = np.zeros_like(chances)
    found[~text, 0] = 1.0
    found[text, CROSSHEAD] = chances[text, CROSSHEAD] / (_DOUBT + chances[text][:, [PARAGRAPH, CROSSHEAD]].sum(1))
    found[text, PARAGRAPH] = 1.0 - found[text, CROSSHEAD]
    return found


def _comments(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The blocks in elements that say that they hold readers' comments, where a text is left without them."""
    known: dict[int, bool] = {0: False}

    def within(scope: Scope | None) -> bool:
        above: list[Scope] = []
        while scope is not None and id(scope) not in known:
            above.append(scope)
            scope = scope.parent
        inside = known[id(scope)] if scope is not None else False
        for each in reversed(above):
            inside = known[id(each)] = inside or _holds_comments(each.tag, each.names)
        return inside

    found = frozenset(at for at, block in enumerate(blocks) if within(block.form.scope))
    rest = [block.text for at, block in enumerate(blocks) if at not in found and len(block.text) > features.PROSE]
    return found if sum(text.count(" ") + 1 for text in rest) > REMAINING else frozenset()


@lru_cache(_KEPT)
def _holds_comments(tag: str, names: str) -> bool:
    """Whether an element with these class words holds readers' comments; one around a whole page does not."""
    if tag in _NO_SECTION or (tag == "article" and "comment" not in names.split()):
        return False
    return _COMMENTS.search(names) is not None


def _is_page_title(text: str, texts: set[str]) -> bool:
    """Whether a line is the title of a page, which stands above its headline: the headline and the outlet."""
    suffix = outlets.suffix(text)
    return suffix is not None and text[: suffix.start()] in texts


def _header(blocks: tuple[Block, ...]) -> frozenset[int]:
    """The `key: value` lines above a text: lines that follow each other near the top."""
    found: set[int] = set()
    run: list[tuple[int, bool]] = []
    for index, block in enumerate(blocks[:_HEADER_BLOCKS]):
        if block.form.rule:
            continue
        if block.form.scope is not None:
            break
        if entry := metadata.entry(block):
            run.append((index, entry.field in metadata.TAGS))
            continue
        found.update(_lines_of_header(run))
        run = []
        if len(block.text) > 200 or (index > 20 and not found):
            break
    return frozenset(found | _lines_of_header(run))


def _lines_of_header(run: list[tuple[int, bool]]) -> set[int]:
    """A run of `key: value` lines is a header where it states more than tags; lines of tags alone are printed."""
    return {index for index, _ in run} if sum(not tag for _, tag in run) > 1 else set()
