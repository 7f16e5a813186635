"""The committed corpus is what the committed raw files give."""

from pathlib import Path

from places import RAW, ROOT
from tables import rows

from corpus_db.corpus import load

DATABASE = ROOT / "data" / "corpus.db"


def test_the_committed_corpus_is_fresh(tmp_path: Path) -> None:
    """If this fails: `corpus-db load --rebuild`, look at what changed, commit data/corpus.db."""
    load(RAW, tmp_path / "corpus.db", jobs=1)
    fresh, committed = rows(tmp_path / "corpus.db"), rows(DATABASE)
    fresh["corpus"] = [row for row in fresh["corpus"] if row[0] != "raw"]
    assert dict(committed["corpus"])["raw"] == "raw"
    committed["corpus"] = [row for row in committed["corpus"] if row[0] != "raw"]
    assert committed == fresh, "data/corpus.db is stale: run `corpus-db load --rebuild`"


def test_it_holds_what_the_raw_files_hold() -> None:
    found = rows(DATABASE)
    assert len(found["raw_files"]) == len(list(RAW.iterdir())) == len(found["articles"]) == 5
    assert len(found["paragraphs"]) == 31 + 71 + 11 + 5 + 19
