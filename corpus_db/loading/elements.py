"""What the class words of the elements around a block say that it is: a caption, another's post, no text of an article.

The network knows class words by what labelled pages have; these are plain, and mean the same on any page. On the
labelled pages hardly any text of an article stands in elements that are named so (MODEL.md).
"""

import re

from corpus_db.records import Block, Role, Scope

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # 'ArticleLead' is two words
_LEVELS = 3  # elements around a block that are looked at
# The element of a caption, or the one around it; 'text-caption' and 'caption2' are sizes.
_CAPTION = re.compile(r"(?<![a-z])(?<!text-)captions?(?![a-z\d])")
# Posts of others, as the platforms have them embedded.
_POST = re.compile(
    r"(?<![a-z])(?:twitter-tweet|tweet|instagram-media|tiktok-embed|fb-post|bluesky-embed|reddit-embed)(?![a-z])"
)
_NO_TEXT = re.compile(
    r"""(?<![a-z])(?:disclaimers?|disclosures?|affiliate|cta|call-to-action|promo|promotion|testimonials?
        |bio|biography|authors?(?!-guide)|contributors?)(?![a-z])""",
    re.X,
)
_HIDDEN = frozenset(("hidden", "is-hidden"))
_MOST = 500  # characters of class words that are looked at


def words(names: str) -> str:
    """The class words of an element in small letters, parted: 'StoryDek' is 'story-dek'."""
    return _CAPITAL.sub("-", names[:_MOST]).lower()


def role(block: Block) -> Role | None:
    """CAPTION or BOILERPLATE, where the elements around a block say so."""
    scope: Scope | None = block.form.scope
    for level in range(_LEVELS):
        if scope is None:
            return None
        if scope.names:
            named = words(scope.names)
            if level < _LEVELS - 1 and not block.form.heading and _CAPTION.search(named):
                return Role.CAPTION
            if _POST.search(named) or (level < _LEVELS - 1 and (_NO_TEXT.search(named) or _is_hidden(named))):
                return Role.BOILERPLATE
        scope = scope.parent
    return None


def _is_hidden(named: str) -> bool:
    """Whether a class hides an element, not on small screens only as 'hidden md:block' does."""
    return ":" not in named and not _HIDDEN.isdisjoint(named.split())
