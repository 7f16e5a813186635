"""Values -> the words that pages have for them: filters of every template."""

from markupsafe import Markup, escape

from corpus_db.reading import languages


def number(value: int) -> str:
    """A whole number for people.

    >>> number(1204)
    '1,204'
    """
    return f"{value:,}"


def several(value: int, one: str, many: str = "") -> str:
    """A number of things; `many` is what several of them are called, with an s behind `one` by default.

    >>> several(1, "article"), several(1204, "article"), several(2, "is", "are")
    ('1 article', '1,204 articles', '2 are')
    """
    return f"{number(value)} {one if value == 1 else many or f'{one}s'}"


def code(text: str) -> Markup:
    """A text of which what stands between backticks is code.

    >>> code("not `a < b`")
    Markup('not <code>a &lt; b</code>')
    """
    written = Markup("<code>{}</code>")
    parts = enumerate(text.split("`"))
    return Markup("").join(written.format(part) if at % 2 else escape(part) for at, part in parts)


FILTERS = {"number": number, "several": several, "code": code, "language": languages.name}
