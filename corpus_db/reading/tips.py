"""What one who writes SQL should know of this data, each with a statement to try."""

from typing import NamedTuple


class Tip(NamedTuple):
    """A piece of advice and a statement that follows it; `:name` is asked for when it runs."""

    title: str
    text: str
    sql: str


TIPS = (
    Tip(
        "Search with the index, not with like",
        'The index of words finds paragraphs in any case, with or without accents, in milliseconds: words, "phrases", '
        "prefixes (dam*), AND, OR, NOT in capitals. `like '%dam%'` and regexp read every paragraph.",
        "select article, published, outlet, kwic(text, 'government', 60) as line\n"
        "from paragraph_browse\n"
        "where id in (select rowid from paragraphs_fts where paragraphs_fts match 'government')\n"
        "order by published",
    ),
    Tip(
        "Narrow down first, then use regexp",
        "A regular expression is tried on every row that is left: let the index or a month leave few.",
        "select article, published, kwic(text, 'said', 80) as line\n"
        "from paragraph_browse\n"
        "where id in (select rowid from paragraphs_fts where paragraphs_fts match 'said')\n"
        "    and text regexp '(?i)\\bsaid (mr|ms|mrs|dr)\\.? \\w+'",
    ),
    Tip(
        "Count by month or year",
        "Articles have the columns month ('2024-03') and year. A result with one of them and a number draws its own "
        "chart; with a third, short column such as outlet, a line for each of the five largest.",
        "select month, outlet, count(*) as articles\nfrom article_browse\ngroup by month, outlet\norder by month",
    ),
    Tip(
        "What is not stated is null",
        "`is null` finds it. Beware of `<>` and `not in`, which leave it out, and of counts without a row for it.",
        "select outlet is null as without_outlet, published is null as undated, count(*) as articles\n"
        "from article_browse\ngroup by 1, 2",
    ),
    Tip(
        "An article can have several authors and tags",
        "Counting by `authors` counts each combination of names. Take the names apart with json_each, or join bylines.",
        "select name.value as author, count(*) as articles\n"
        "from article_browse, json_each(article_browse.author_list) as name\n"
        "group by name.value\norder by articles desc",
    ),
    Tip(
        "Follow a fact to where it was stated",
        "Every fact has the words that state it and their place in the raw file.",
        "select article, field, value, printed, source, path, start, stop\n"
        "from fact_browse\nwhere field = 'published'\norder by source, path",
    ),
)
