"""What was set aside around the body text, and what may have been kept that should have been: by role and by outlet."""

import sqlite3
from typing import NamedTuple

from corpus_db.reading.kept import kept


class RoleCount(NamedTuple):
    """Furniture of a role: blocks, and words between white space."""

    role: str
    blocks: int
    words: int


class Share(NamedTuple):
    """An outlet, and how much of its words was set aside, of those of furniture and body together."""

    outlet: str
    key: str
    articles: int
    words: int
    furniture: int  # words set aside
    boilerplate: int  # … as boilerplate

    @property
    def percent(self) -> float:
        """Words set aside per hundred words."""
        return 100 * self.furniture / max(1, self.furniture + self.words)


class SetAside(NamedTuple):
    """Roles with most words first. Outlets that differ most from the middle one, `median` per hundred words, first."""

    roles: tuple[RoleCount, ...]
    words: int  # of body text
    median: float | None
    outlets: tuple[Share, ...]


class Repeated(NamedTuple):
    """A paragraph that several articles of an outlet have, word for word, at their start or end."""

    outlet: str
    key: str
    text: str
    articles: int
    looked: int  # articles of the outlet that were looked at
    newest: str  # key of the newest article that has it


ENOUGH = 5  # articles of an outlet whose share says something
LOOKED, REPEATS = 40, 3  # articles of an outlet that are looked at, the newest; those that share a paragraph, at least
_ROLES = "select outlet_id, role, blocks, words from role_counts"
_BODY = """
select outlets.id, name, outlets.key, sum(articles), sum(words)
from article_counts join outlets on outlets.id = article_counts.outlet_id group by outlets.id
"""
_REPEATED = """
with looked as (
    select id, outlet_id, paragraph_count, key, published,
        row_number() over (partition by outlet_id order by published desc, id desc) as place
    from articles where outlet_id is not null
),
sizes as (select outlet_id, min(count(*), :looked) as looked from articles where outlet_id is not null group by 1),
found as (
    select outlet_id, text, count(distinct looked.id) as articles, min(place) as place
    from looked join paragraphs on paragraphs.article_id = looked.id
        and paragraphs.position in (1, paragraph_count - 1, paragraph_count)
    where looked.place <= :looked group by outlet_id, text having count(distinct looked.id) >= :repeats
)
select outlets.name, outlets.key, found.text, found.articles, sizes.looked, looked.key
from found join outlets on outlets.id = found.outlet_id join sizes on sizes.outlet_id = found.outlet_id
join looked on looked.outlet_id = found.outlet_id and looked.place = found.place
order by found.articles desc, outlets.name, found.text limit 30
"""


@kept
def set_aside(connection: sqlite3.Connection) -> SetAside:
    """How much is furniture, by role and by outlet."""
    roles: dict[str, RoleCount] = {}
    furniture: dict[int | None, int] = {}
    boilerplate: dict[int | None, int] = {}
    for outlet, role, blocks, words in connection.execute(_ROLES):
        before = roles.get(role, RoleCount(role, 0, 0))
        roles[role] = RoleCount(role, before.blocks + blocks, before.words + words)
        furniture[outlet] = furniture.get(outlet, 0) + words
        if role == "boilerplate":
            boilerplate[outlet] = words
    shares = [
        Share(name, key, articles, words, furniture.get(outlet, 0), boilerplate.get(outlet, 0))
        for outlet, name, key, articles, words in connection.execute(_BODY)
    ]
    shares = sorted((each for each in shares if each.articles >= ENOUGH), key=lambda each: each.percent)
    median = shares[len(shares) // 2].percent if shares else None
    body = connection.execute("select coalesce(sum(words), 0) from article_counts").fetchone()[0]
    return SetAside(
        tuple(sorted(roles.values(), key=lambda each: (-each.words, each.role))),
        body,
        median,
        tuple(sorted(shares, key=lambda each: (-abs(each.percent - (median or 0)), each.key))[:12]),
    )


@kept
def repeated(connection: sqlite3.Connection) -> tuple[Repeated, ...]:
    """Paragraphs that stand first, last or last but one in several of the LOOKED newest articles of an outlet."""
    rows = connection.execute(_REPEATED, {"looked": LOOKED, "repeats": REPEATS})
    return tuple(Repeated(*row) for row in rows)
