"""Metadata keys -> the field of an article that they state. Every key is used, ignored by name, or reported.

One table for front matter, for the `key: value` lines that crawlers and exports print above a text, for mail headers
and for the manifest.
"""

import re
from typing import NamedTuple

from corpus_db.records import Block, Stated

_FIELDS = {
    "headline": "title headline heading post_title subject titel titre título titolo name og:title",
    "standfirst": "standfirst subtitle subheading deck kicker_text teaser lead chapeau highlight",
    "author": """author authors byline by creator author_name authors.name author.name from writer writers autor
        autores auteur reporter""",
    "outlet": """outlet publisher publication masthead site site_name sitename newspaper website website_name
        media source_name journal publisher.name og:site_name""",
    "domain": "domain hostname host",
    "published": """date published published_at published_on publish_date publication_date publishdate pubdate
        post_date datepublished date_published first_published released release_date created
        date_created datum fecha data pub_date date_publish""",
    "updated": """updated updated_at modified date_modified datemodified last_modified lastmod last_updated
        post_modified""",
    "url": """url link canonical canonical_url permalink original_url original_link source_url web_url
        address uri href og:url""",
    "language": "language lang locale langue sprache idioma taal",
    "section": """section category categories column rubric rubrik ressort rubrique sección sezione sectie cats
        original_cats post_category channel""",
    "topic": """topic topics tag tags keyword keywords theme_tags subjects schlagworte themen mots-clés
        etiquetas temas post_tag""",
    "region": "region regions country countries location geography place",
    "theme": "theme themes",
    "moment": "moment",  # a day or time on a page that does not say of what
    "source": "source",  # an address or an outlet's name: which, its value says
}
_IGNORED = frozenset(
    """article_body access id uuid guid layout status http_status type content-type content_type mime mime-version
    format
        word_count wordcount words char_count characters length reading_time read_time comments
        comment_count views shares likes slug template draft scraped_at crawled_at fetched_at
        retrieved retrieved_at accessed date_accessed crawl_date date_crawl date_download
        download_date fetcher_tier tool timestamp answer url_extraction_mode description excerpt
        post_excerpt summary abstract snippet original_title image images thumbnail
        featured_image image_url cover weight order version encoding charset generator license
        licence copyright to cc bcc reply-to message-id received return-path x-mailer
        content-transfer-encoding list-id list-unsubscribe references in-reply-to sender
        delivered-to index row note notes rank score sentiment bias label query search_term file
        filename path hash sha256 authors.role author.role author.url authors.url phone email
        contact wordpress_id menu_order ping_status comment_status cluster collection corpus
        dataset split""".split()
)
TAGS = frozenset(("section", "topic", "region", "theme"))
_BY_KEY = {key: field for field, keys in _FIELDS.items() for key in keys.split()}
# 'Title: In Moscow', '**URL**: https://…', '- **Scraped at**: 2026'; the marks around the key are gone from a block's
# text.
_LINE = re.compile(r"([^\W\d_][\w .:/-]{0,29}?)\s?:\s+(\S.*)", re.S)
_MAX_LINE = 2_000  # characters
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")


class Entry(NamedTuple):
    """A `key: value` line: the field it states, None for a key that is ignored; the value's place in the text."""

    field: str | None
    key: str
    value: str
    start: int
    stop: int


def field(key: str) -> str | None:
    """The field that a key states. Raises KeyError for a key that is neither used nor ignored.

    >>> field("Date-Published"), field("word_count")
    ('published', None)
    """
    folded = re.sub(r"[\s-]+", "_", key.strip().casefold())
    for name in (folded, folded.replace("_", "-"), folded.rsplit(".", 1)[-1]):
        if name in _BY_KEY:
            return _BY_KEY[name]
        if name in _IGNORED:
            return None
    raise KeyError(key)


def entry(block: Block) -> Entry | None:
    """What a `key: value` line states, or None where a block is no such line: its key is none that we know."""
    match = _LINE.fullmatch(block.text) if len(block.text) <= _MAX_LINE else None
    if match is None:
        return None
    try:
        name = field(match[1])
    except KeyError:
        return None
    return Entry(name, match[1], match[2], match.start(2), match.end(2))


def of_source(value: str) -> str:
    """What the key 'source' states: the address of the article, or the outlet's name."""
    return "url" if _ADDRESS.match(value) else "outlet"


def sort(stated: tuple[Stated, ...]) -> tuple[list[tuple[str, Stated]], list[str]]:
    """The values by the field they state, in order; and the keys that are unknown, each once."""
    known: list[tuple[str, Stated]] = []
    unknown: dict[str, None] = {}
    for each in stated:
        try:
            name = field(each.key)
        except KeyError:
            unknown[each.key] = None
            continue
        if name == "source":
            name = of_source(each.value)
        if name is not None:
            known.append((name, each))
    return known, list(unknown)
