"""`corpus-db verify`: an intact corpus is found intact; whatever is damaged in it or in its raw folder is named."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from places import GOLDEN, ROOT

from corpus_db.cli import main
from corpus_db.corpus import load
from corpus_db.errors import DatabaseError
from corpus_db.verifying import proof

KEY = "(select key from articles where id = 1)"


def lines(db: Path, **options: bool) -> list[str]:
    """What is wrong with a corpus, a line for each thing."""
    return [f"{fault.where}: {fault.what}" for fault in proof.verify(db, jobs=1, **options)]


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder of raw files of every format, with a duplicate, rejects and a manifest, and its corpus."""
    place = tmp_path_factory.mktemp("sound")
    raw = place / "raw"
    raw.mkdir()
    for name in (
        "plain/wire.txt",
        "plain/opinion.txt",
        "plain/one_line.txt",
        "markdown/front_matter.md",
        "html/daily.html",
    ):
        shutil.copyfile(GOLDEN / name, raw / Path(name).name)
    shutil.copyfile(GOLDEN / "html" / "archive.mht", raw / "archive.mht")
    shutil.copyfile(GOLDEN / "plain" / "wire.txt", raw / "wire-again.txt")
    (raw / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (raw / "crossheads.txt").write_text(ARTICLE, encoding="utf-8")
    (raw / "manifest.csv").write_text(
        "path,outlet,published\none_line.txt,The Orlo Notes,2024-02-05\n", encoding="utf-8"
    )
    load(raw, place / "corpus.db", jobs=1)
    return place


ARTICLE = """\
Clocks stay

By ANN LEE and T.Graham

Global Research, March 9, 2024

Theme: [Time](#)

The house voted to keep the clocks.

Why they stay

Nobody said why, not even the members who had voted for it.
"""


@pytest.fixture
def place(sound: Path, tmp_path: Path) -> Path:
    """A copy of it to damage."""
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path


def change(db: Path, script: str) -> None:
    """Change a database behind the back of its constraints; a script that changes nothing is a mistake of the test."""
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("pragma ignore_check_constraints = on")
        before = list(connection.iterdump())
        connection.executescript(script)
        connection.commit()
        assert list(connection.iterdump()) != before


def test_intact_corpora_are_found_intact(database: Path, sound: Path) -> None:
    assert lines(database) == []
    assert lines(sound / "corpus.db", deep=True) == []
    assert lines(ROOT / "data" / "corpus.db") == []


def test_the_corpus_is_not_touched(place: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in place.rglob("*") if path.is_file()}

    before = state()
    lines(place / "corpus.db", deep=True)
    assert state() == before


# What is done to the database -> what has to be said of it. Article 1 is archive.mht, crossheads.txt comes next.
CLOCKS = "(select article_id from paragraphs where crosshead = 'Why they stay')"
SQL = {
    "a changed paragraph": ("update paragraphs set text = text || ' Not so.' where id = 1", "paragraph 1 of .*: its text is not what its span"),
    "a lost word": ("update paragraphs set text = replace(text, 'clocks', '') where text like '%clocks.'", "its text is not what its span .* gives: 'The house"),
    "a lost paragraph": ("delete from paragraphs where id = 2", "characters .* are in no row"),
    "a paragraph twice": ("insert into paragraphs select 9999, article_id, 99, crosshead, text, start, stop from paragraphs where id = 1", "paragraph 99 of .*: its span .* overlaps with that of paragraph 1"),
    "a span that begins late": ("update paragraphs set start = start + 1 where id = 3", "its span .* is not that of a block"),
    "a span that ends early": ("update paragraphs set stop = stop - 1 where id = 3", "its span .* is not that of a block"),
    "a span behind the file": ("update paragraphs set start = 900000, stop = 900001 where id = 3", "its span 900000–900001 is not inside the file of"),
    "a span before the file": ("update paragraphs set start = -5 where id = 3", "its span -5–.* is not inside the file"),
    "an empty span": ("update paragraphs set stop = start where id = 3", "CHECK constraint failed in paragraphs"),
    "spans that overlap": (f"update paragraphs set start = (select start from paragraphs where article_id = {CLOCKS} and position = 1) where article_id = {CLOCKS} and position = 2", "paragraph 2 of .* overlaps with that of .* of"),
    "paragraphs in another order": (f"update paragraphs set position = 99 where article_id = {CLOCKS} and position = 1; update paragraphs set position = 1 where article_id = {CLOCKS} and position = 2; update paragraphs set position = 2 where position = 99", "is numbered in another order than that of its span"),
    "a gap between numbers": ("update paragraphs set position = 1000 where id = 2", "its paragraphs are not numbered from 1 on"),
    "another crosshead": ("update paragraphs set crosshead = 'Why they go' where crosshead = 'Why they stay'", "paragraph 2 of .*: its crosshead is 'Why they go', it stands under 'Why they stay'"),
    "no crosshead": ("update paragraphs set crosshead = null where crosshead = 'Why they stay'", "its crosshead is None, it stands under 'Why they stay'"),
    "a paragraph of another article": ("update paragraphs set article_id = 2, position = 500 where id = 1", "its span|its paragraphs are not numbered"),
    "lost furniture": ("delete from furniture where text = 'Theme: Time'", "crossheads.txt: characters 70–86 are in no row: 'Theme: Time'"),
    "changed furniture": ("update furniture set text = 'Theme: Space' where text = 'Theme: Time'", r"furniture \(tag\) 4 of .*: its text is not"),
    "furniture of no article": ("update furniture set article_id = null where id = 3", "furniture row 3: belongs to another raw file than its article"),
    "furniture of another file": ("update furniture set raw_file_id = 1 where text = 'Theme: Time'", "belongs to another raw file than its article"),
    "furniture numbered anew": ("update furniture set position = position + 1000", "its furniture is not numbered from 1 on"),
    "an unknown role": ("update furniture set role = 'ear' where id = 2", "CHECK constraint failed in furniture"),
    "a paragraph count": ("update articles set paragraph_count = paragraph_count + 1 where id = 1", "its paragraph_count is"),
    "a word count": ("update articles set word_count = word_count - 1 where id = 1", "its word_count is .*, a recount gives"),
    "a key": ("update articles set key = '0123456789abcdef' where id = 1", "article 0123456789abcdef: its key is not that of archive.mht"),
    "a key with a number": ("update articles set key = key || '-1' where id = 1", "-1: its key is not that of"),
    "a headline": ("update articles set headline = 'Clocks go' where headline = 'Clocks stay'", "its headline is not what its facts state: 'Clocks go'"),
    "a date": ("update articles set published = '2024-03-10' where published = '2024-03-09'", "its published is not what its facts state: '2024-03-10'"),
    "an address": ("update articles set url = 'https://a.example/' where url is null", "its url is not what its facts state"),
    "a language": ("update articles set language = 'fr' where id = 1", "its language is not what"),
    "no outlet": ("update articles set outlet_id = null where headline = 'Clocks stay'", "its outlet is not what its facts state: None"),
    "an outlet that is not there": ("update articles set outlet_id = 999 where id = 1", "articles row 1: points to a row of outlets that is not there"),
    "an origin": ("update articles set syndicated_from_id = 1 where headline = 'Clocks stay'", "its syndicated_from is not what its facts state"),
    "the printed words of a fact": ("update facts set printed = 'BO RAY' where printed = 'ANN LEE'", "author: Ann Lee: its span 16–23 does not hold 'BO RAY'"),
    "the value of a fact": ("update facts set value = 'Bo Ray' where value = 'Ann Lee'", "its bylines are not the authors that its facts state"),
    "the place of a fact": ("update facts set start = start + 2, stop = stop + 2 where printed = 'ANN LEE'", "its span 18–25 does not hold 'ANN LEE'"),
    "a fact behind the file": ("update facts set start = 900000, stop = 900007 where printed = 'ANN LEE'", "its span 900000–900007 is not inside the file"),
    "a fact without a place": ("update facts set start = null, stop = null where printed = 'ANN LEE'", "says no place, which the source 'byline' has"),
    "a lost fact": ("delete from facts where printed = 'ANN LEE'", "its bylines are not the authors"),
    "a fact of no article": ("update facts set article_id = 999 where printed = 'ANN LEE'", "facts row .*: points to a row of articles that is not there"),
    "a lost byline": ("delete from bylines where printed = 'ANN LEE'", "its bylines are not (numbered|the authors)"),
    "a renamed byline": ("update bylines set name = 'Bo Ray' where printed = 'ANN LEE'", "its byline 'Bo Ray' points to the author 'ann lee'"),
    "a byline of somebody else": ("update bylines set author_id = (select id from authors where key = 't graham') where printed = 'ANN LEE'", "its byline 'Ann Lee' points to the author 't graham'"),
    "bylines numbered anew": ("update bylines set position = position + 1000", "its bylines are not numbered from 1 on"),
    "a byline that is doubted": ("insert into doubted_bylines select * from bylines where printed = 'T.Graham'; delete from bylines where printed = 'T.Graham'", "doubted byline 2, T. Graham: not what a recount gives"),
    "a byline twice": ("insert into doubted_bylines select * from bylines where printed = 'T.Graham'", "doubted_bylines: can't be judged anew"),
    "the name of an author": ("update authors set name = 'Anne Lee' where key = 'ann lee'", "author ann lee: Anne Lee: not what a recount gives"),
    "the key of an author": ("update authors set key = 'anne lee' where key = 'ann lee'", "its byline 'Ann Lee' points to the author 'anne lee'"),
    "an author of nothing": ("insert into authors values (999, 'max braun', 'Max Braun')", "author max braun: Max Braun: not what a recount gives"),
    "the name of a known outlet": ("update outlets set name = 'Local Research' where key = 'globalresearch.ca'", "outlet globalresearch.ca: name, domain, country or kind"),
    "the name of another outlet": ("update outlets set name = 'The Orlo News' where key = 'orlonotes'", "outlet orlonotes: The Orlo News: not what a recount gives"),
    "an outlet of nothing": ("insert into outlets (id, key, name) values (999, 'nix', 'Nix')", "outlet nix: Nix: not what a recount gives"),
    "an invented tag": (f"insert into tags values ({CLOCKS}, 'topic', 'clocks')", "its tag topic: clocks is not what its facts state"),
    "a year": ("pragma writable_schema = on; update sqlite_master set sql = replace(sql, 'generated always as (cast(substr(published, 1, 4) as integer)) stored', '') where name = 'articles'", "articles: is made in another way"),
    "the hash of a file": ("update raw_files set sha256 = replace(sha256, substr(sha256, 20, 8), '00000000') where id = 2", "crossheads.txt: is not the file that was loaded: its SHA-256"),
    "the size of a file": ("update raw_files set bytes = bytes + 1 where id = 2", "crossheads.txt: has .* bytes, not"),
    "the format of a file": ("update raw_files set format = 'markdown' where id = 2", "crossheads.txt: is plain text, not markdown"),
    "the encoding of a file": ("update raw_files set encoding = 'cp1252' where id = 2", "crossheads.txt: is in utf-8, not cp1252"),
    "a file without a format": ("update raw_files set format = null where id = 2", "crossheads.txt: is loaded, but has no format"),
    "what the manifest says": ("update raw_files set manifest = null where path = 'one_line.txt'", "one_line.txt: manifest.csv states something else"),
    "a lost file row": ("delete from raw_files where path = 'picture.txt'", "picture.txt: is in the raw folder, but not in the database"),
    "an invented file row": ("insert into raw_files values (999, 'nix.txt', null, null, null, null, 'rejected', 'unreadable', null)", "nix.txt: is in the database, but not in the raw folder"),
    "a duplicate of another file": ("update raw_files set problem = 'same bytes as opinion.txt' where outcome = 'duplicate'", "wire.txt: has the same bytes as wire-again.txt, but is not said to"),
    "a reject that is a duplicate": ("update raw_files set outcome = 'duplicate' where path = 'picture.txt'", "picture.txt: is said to have the same bytes as a file before it"),
    "a file that lost its article": ("update raw_files set outcome = 'rejected', problem = 'no body text' where id = 2", "crossheads.txt: is rejected, but has articles"),
    "a loaded file without article": ("update articles set raw_file_id = 1 where id = 2", "crossheads.txt: is loaded, but has no article"),
    "a paragraph that search lacks": ("insert into paragraphs_fts (paragraphs_fts, rowid, text) select 'delete', id, text from paragraphs where id = 3", "paragraphs_fts: lacks the paragraph 3 of"),
    "a row that only search has": ("insert into paragraphs_fts (rowid, text) values (9999, 'nothing of the kind')", "paragraphs_fts: has row 9999"),
    "other words in search": ("insert into paragraphs_fts (paragraphs_fts, rowid, text) select 'delete', id, text from paragraphs where id = 3; insert into paragraphs_fts (rowid, text) values (3, 'other words')", "paragraphs_fts: does not say what the rows say"),
    "a headline that search lacks": ("insert into articles_fts (articles_fts, rowid, headline, standfirst) select 'delete', id, headline, standfirst from articles where id = 2", "articles_fts: lacks the headline and standfirst of"),
    "other headlines in search": ("insert into articles_fts (articles_fts, rowid, headline) select 'delete', id, headline from articles where id = 2; insert into articles_fts (rowid, headline) values (2, 'Clocks go')", "articles_fts: does not say"),
    "damaged search": ("update paragraphs_fts_data set block = zeroblob(length(block)) where id > 10", "paragraphs_fts: does not say"),
    "a count of an outlet": ("update article_counts set articles = articles + 1 where month = '2024-03'", "article_counts: globalresearch.ca, 2024-03, en: 2 articles.*: not what a recount gives"),
    "paragraphs of a month": ("update article_counts set paragraphs = paragraphs - 1 where month = '2024-03'", "article_counts: globalresearch.ca, .*: 1 articles, 1 paragraphs, .*: not what"),
    "a lost count": ("delete from article_counts where month = '2024-03'", "article_counts: globalresearch.ca, .*: what a recount gives, but not there"),
    "a count of an author": ("update author_counts set words = words + 5 where author_id = (select id from authors where key = 'ann lee')", "author_counts: ann lee: .*: not what a recount gives"),
    "the last date of an author": ("update author_counts set last = '2031-01-01' where author_id = (select id from authors where key = 'ann lee')", "author_counts: ann lee: .* to 2031-01-01: not what"),
    "a count of a tag": ("update tag_counts set articles = 7 where value = 'Time'", "tag_counts: theme: Time: 7 articles.*: not what a recount gives"),
    "a count of furniture": ("update role_counts set words = words + 1 where role = 'tag'", "role_counts: globalresearch.ca, tag: 1 blocks, 3 words: not what a recount gives"),
    "furniture counted twice": ("insert into role_counts select * from role_counts where role = 'tag'", "role_counts: globalresearch.ca, tag: .*: not what a recount gives"),
    "how many have a word": ("update words set paragraphs = paragraphs + 1 where word = 'clocks'", "words: clocks: 2 paragraphs: not what a recount gives"),
    "a word that is not counted": ("delete from words where word = 'clocks'", "words: clocks: 1 paragraphs: what a recount gives, but not there"),
    "bits of a word": ("insert into common_words values ('clocks', 0, x'80')", "common_words: clocks: the bits of block 0: not what a recount gives"),
    "a lost index": ("drop index articles_year", "articles_year: is not in the database"),
    "a lost view": ("drop view article_browse", "article_browse: is not in the database"),
    "a table of somebody": ("create table mine (x)", "mine: is in the database, but in no corpus"),
    "a trigger": ("create trigger t after insert on tags begin delete from facts; end", "t: is in the database, but in no corpus"),
    "a lost table": ("drop table doubted_bylines", "doubted_bylines: is not in the database"),
    "another version": ("update corpus set value = '0.0.1' where name = 'version'", "corpus: built by corpus_db 0.0.1, not"),
    "no raw folder": ("delete from corpus where name = 'raw'", "corpus: raw is not said"),
    "another raw folder": ("update corpus set value = 'nix' where name = 'raw'", "nix: the raw folder is not there"),
    "a strange word": ("insert into corpus values ('mine', 'x')", "corpus: mine is no word of ours"),
}  # fmt: skip


@pytest.mark.parametrize("damage", SQL)
def test_damaged_rows_are_named(place: Path, damage: str) -> None:
    script, said = SQL[damage]
    change(place / "corpus.db", script)
    assert matching(lines(place / "corpus.db"), said)


def matching(found: list[str], said: str) -> list[str]:
    """The lines that say it; all of them are shown where none does."""
    with pytest.raises(AssertionError, match=said):
        raise AssertionError("\n".join(found))
    return found


def test_a_year_that_is_not_that_of_the_date(place: Path) -> None:
    """A stored column cannot be updated: it is made a plain one for a moment."""
    generated = "generated always as (cast(substr(published, 1, 4) as integer)) stored"
    with closing(sqlite3.connect(place / "corpus.db", isolation_level=None)) as connection:
        script = connection.execute("select sql from sqlite_master where name = 'articles'").fetchone()[0]
        assert generated in script
        write = "update sqlite_master set sql = ? where name = 'articles'"
        connection.execute("pragma writable_schema = on")
        connection.execute(write, [script.replace(generated, "")])
        connection.execute("pragma writable_schema = reset")
        connection.execute("update articles set year = 1924 where year = 2024")
        connection.execute("pragma writable_schema = on")
        connection.execute(write, [script])
    matching(lines(place / "corpus.db"), "its year or month is not that of 2024-03-09")


def overwritten(start: int, data: bytes) -> Callable[[Path], None]:
    def change_(path: Path) -> None:
        with path.open("rb+") as file:
            file.seek(start, 2 if start < 0 else 0)
            file.write(data)

    return change_


def mistyped(path: Path) -> None:
    """One letter of a paragraph, in the bytes of the database."""
    data = path.read_bytes()
    assert data.count(b"voted to keep the clocks.") == 1
    path.write_bytes(data.replace(b"voted to keep the clocks.", b"voted to keep the blocks."))


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: 8192 * 4])


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (overwritten(8192 * 3, bytes(8192)), "database: "),
        (overwritten(8192 * 2 + 8, b"\xff" * 64), "database: "),
        (overwritten(-8192 * 2, b"\xa5" * 8192), "database: |does not say what the rows say"),
        (mistyped, "its text is not what its span 88–123 gives: 'The house voted to keep the blocks.'"),
    ],
)
def test_damaged_bytes_are_named(place: Path, damage: Callable[[Path], None], said: str) -> None:
    damage(place / "corpus.db")
    matching(lines(place / "corpus.db"), said)


@pytest.mark.parametrize("damage", [overwritten(0, b"not a database at all"), truncated])
def test_no_corpus_is_a_clear_error(place: Path, damage: Callable[[Path], None]) -> None:
    damage(place / "corpus.db")
    with pytest.raises(DatabaseError, match="is it a corpus database"):
        lines(place / "corpus.db")


def linked_out(path: Path) -> None:
    path.unlink()
    path.symlink_to("/dev/null")


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


RAW = {
    "missing": ("wire.txt", Path.unlink, "wire.txt: is in the database, but not in the raw folder"),
    "a letter changed": ("crossheads.txt", lambda path: path.write_text(ARTICLE.replace("clocks", "blocks")), "crossheads.txt: is not the file that was loaded"),
    "a byte more": ("picture.txt", lambda path: path.write_bytes(path.read_bytes() + b"\0"), "picture.txt: is not the file that was loaded"),
    "empty": ("daily.html", lambda path: path.write_bytes(b""), "daily.html: is not the file that was loaded"),
    "new": ("new.txt", lambda path: path.write_text("It rained."), "new.txt: is in the raw folder, but not in the database"),
    "renamed": ("wire.txt", lambda path: path.rename(path.with_name("wired.txt")), "wired.txt: is in the raw folder, but not in the database"),
    "a link out of the folder": ("opinion.txt", linked_out, "opinion.txt: can't be read: symbolic link out of the raw folder"),
    "a folder": ("opinion.txt", folder_instead, "opinion.txt: is in the database, but not"),
    "a duplicate no more": ("wire-again.txt", Path.unlink, "wire.txt: is said to have the same bytes as a file before it, and has not"),
    "a duplicate more": ("zz.txt", lambda path: path.write_text(ARTICLE), "zz.txt: is in the raw folder"),
    "another manifest": ("manifest.csv", lambda path: path.write_text("path,outlet\none_line.txt,The Valley Gazette\n"), "one_line.txt: manifest.csv states something else"),
    "no manifest": ("manifest.csv", Path.unlink, "one_line.txt: manifest.csv states something else"),
    "a broken manifest": ("manifest.csv", lambda path: path.write_text("outlet\nx\n"), "no column `path`"),
    "no folder": (".", shutil.rmtree, "raw: the raw folder is not there"),
}  # fmt: skip


@pytest.mark.parametrize("damage", RAW)
def test_damaged_raw_files_are_named(place: Path, damage: str) -> None:
    name, change_, said = RAW[damage]
    change_(place / "raw" / name)
    matching(lines(place / "corpus.db"), said)


# What only a second reading of everything finds: what no text contradicts.
DEEP = {
    "another role": ("update furniture set role = 'boilerplate' where text = 'Theme: Time'", 'furniture: the raw files do not give this row: .*"boilerplate", "Theme: Time"'),
    "another reason": ("update raw_files set problem = 'not text: a PDF' where path = 'picture.txt'", 'raw_files: lacks this row, which the raw files give: .*"not text: a picture"'),
    "a lost tag": ("delete from tags where value = 'Time'", 'tags: lacks this row, which the raw files give: .*"theme", "Time"'),
    "a tag never stated": ("delete from tags where value = 'Time'; delete from facts where value = 'Time'", 'facts: lacks this row, which the raw files give: .*"theme", "Time"'),
    "an invented defect": ("insert into defects values (999, 2, 'no headline', 'x')", 'defects: the raw files do not give this row: .*"no headline", "x"'),
    "another value, in all places": ("update articles set published = '2024-03-08' where published = '2024-03-09'; update facts set value = '2024-03-08' where value = '2024-03-09'", 'articles: .*"2024-03-08"'),
    "another outlet": ("update articles set outlet_id = (select id from outlets where key = 'orlonotes') where headline = 'Clocks stay'", 'articles: .*"orlonotes", "Clocks stay"'),
}  # fmt: skip


@pytest.mark.parametrize("damage", DEEP)
def test_deep_finds_what_only_parsing_tells(place: Path, damage: str) -> None:
    script, said = DEEP[damage]
    change(place / "corpus.db", script)
    matching(lines(place / "corpus.db", deep=True), said)


def test_each_thing_is_said_once(place: Path) -> None:
    change(place / "corpus.db", "update articles set word_count = word_count + 1 where headline = 'Clocks stay'")
    (said,) = (line for line in lines(place / "corpus.db") if "_counts: " not in line)  # which follow from it
    assert said.endswith(": its word_count is 20, a recount gives 19")


def test_lines_and_exit_codes(place: Path) -> None:
    found = run("verify", "--db", place / "corpus.db", "--jobs", 1)
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.stdout.splitlines()[0].startswith(f"Verified {place / 'corpus.db'} in ")
    assert found.stdout.splitlines()[0].endswith(" s: nothing wrong.")
    assert found.stdout.splitlines()[1:] == [
        "  raw files   7 loaded, 1 duplicate, 1 rejected",
        "  articles    7",
        "  paragraphs  29",
    ]
    (place / "raw" / "a\x1b[31m.txt").write_text("It rained.")
    (place / "raw" / "wire.txt").unlink()
    found = run("verify", "--db", place / "corpus.db")
    assert found.exit_code == 1
    assert sorted(found.stdout.splitlines()) == [
        "a\ufffd[31m.txt: is in the raw folder, but not in the database: load it",
        "wire.txt: is in the database, but not in the raw folder",
    ]
    assert found.stderr.endswith(" s: 2 things wrong.\n")
    assert run("verify", "--db", place / "nix.db").exit_code == 2


def test_several_processes_find_the_same(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(place / "corpus.db", "update articles set word_count = word_count + 1")
    alone = lines(place / "corpus.db")
    monkeypatch.setattr("corpus_db.loading.engines._CHUNK", 2)
    together = [f"{fault.where}: {fault.what}" for fault in proof.verify(place / "corpus.db", jobs=2)]
    assert together == alone
    assert sum("its word_count is" in each for each in alone) == 7


def test_progress_on_a_terminal(place: Path) -> None:
    if shutil.which("script") is None:
        pytest.skip("no `script` to make a terminal with: install util-linux")
    command = f"{sys.executable} -m corpus_db verify --db {place / 'corpus.db'} --jobs 1"
    found = subprocess.run(["script", "-qec", command, "/dev/null"], capture_output=True, text=True, check=True)
    assert "Verifying" in found.stdout
    assert "7/7" in found.stdout
