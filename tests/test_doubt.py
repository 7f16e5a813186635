"""A name that stands on most pages of an outlet, beside many others, is no author; judged anew by every load."""

from pathlib import Path

from tables import tables

from corpus_db.records import Article, Byline, Outlet, Parsed, Part, Role
from corpus_db.store import transaction, writer

OUTLET = Outlet("postexample", "Post", None)
SIDEBAR = Byline("max muster", "Max Muster", "Max Muster")


def parsed(number: int, *names: str, sidebar: bool = True) -> Parsed:
    bylines = tuple(Byline(name.casefold(), name, name) for name in names) + ((SIDEBAR,) if sidebar else ())
    part = Part(Role.PARAGRAPH, "Text.", 0, 5)
    article = Article((part,), headline="A", outlet=OUTLET, bylines=bylines)
    return Parsed(f"{number:02}.txt", f"{number:02x}".ljust(64, "0"), 5, "plain text", "utf-8", (article,))


def write(path: Path, records: list[Parsed], *, grow: bool = False, remove: tuple[int, ...] = ()) -> None:
    with (transaction.existing if grow else transaction.fresh)(path) as db:
        target = writer.Writer(db, "raw")
        target.remove(remove)
        for record in records:
            target.write(record)
        target.finish()


def authors(path: Path) -> tuple[set[str], int]:
    """The names in bylines, and how many times a name is doubted."""
    found = tables(path)
    doubted = [row for row in found["defects"] if row[1] == "doubted author"]
    assert len(doubted) == len(found["doubted_bylines"])
    return {row[3] for row in found["bylines"]}, len(doubted)


def test_a_name_of_a_sidebar_is_set_aside(tmp_path: Path) -> None:
    names = ("Ann Lee", "Bo Ray", "Cy Fox")
    write(tmp_path / "c.db", [parsed(at, names[at % 3]) for at in range(12)])
    assert authors(tmp_path / "c.db") == (set(names), 12)


def test_the_author_of_a_blog_stays(tmp_path: Path) -> None:
    write(tmp_path / "c.db", [parsed(at) for at in range(12)])
    assert authors(tmp_path / "c.db") == ({"Max Muster"}, 0)


def test_few_articles_tell_nothing(tmp_path: Path) -> None:
    write(tmp_path / "c.db", [parsed(at, f"Ann Lee{at}") for at in range(5)])
    assert authors(tmp_path / "c.db")[1] == 0


def test_later_loads_judge_anew(tmp_path: Path) -> None:
    names = ("Ann Lee", "Bo Ray", "Cy Fox")
    whole = [parsed(at, names[at % 3]) for at in range(12)]
    rest = [parsed(at, names[at % 3], sidebar=False) for at in range(12, 30)]
    write(tmp_path / "c.db", whole)
    write(tmp_path / "c.db", rest, grow=True)
    assert authors(tmp_path / "c.db") == ({*names, "Max Muster"}, 0)
    write(tmp_path / "fresh.db", [*whole, *rest])
    assert tables(tmp_path / "c.db") == tables(tmp_path / "fresh.db")
    write(tmp_path / "c.db", [], grow=True, remove=tuple(range(13, 31)))
    assert authors(tmp_path / "c.db") == (set(names), 12)
