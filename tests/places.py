"""Where samples are."""

import importlib.util
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RAW = ROOT / "data" / "raw"
GOLDEN = ROOT / "tests" / "golden"
BENCH = Path(os.environ.get("CORPUS_DB_BENCH", ROOT.parent / "shared" / "bench"))


def samples() -> list[Path]:
    """Every golden sample, and the raw files of the committed corpus."""
    golden = [path for path in sorted(GOLDEN.rglob("*")) if path.is_file() and path.suffix != ".json"]
    return [*golden, *committed()]


def committed() -> list[Path]:
    """The raw files of the committed corpus; users put their own beside them."""
    return [RAW / f"{path.stem}.txt" for path in sorted((GOLDEN / "raw").glob("*.json"))]


def tei_schema() -> Path:
    """The DTD of TEI P5 that trafilatura carries: no package has the schema alone."""
    package = importlib.util.find_spec("trafilatura")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "data" / "tei_corpus.dtd"
