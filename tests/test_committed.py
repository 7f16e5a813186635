"""The committed corpus is what the committed raw files give."""

from pathlib import Path

from places import RAW, ROOT, committed
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


def test_it_holds_the_committed_raw_files() -> None:
    found = {row[1]: row[6] for row in rows(DATABASE)["raw_files"]}
    assert {path.name: "loaded" for path in committed()}.items() <= found.items()
