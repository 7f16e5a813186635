"""Each sample gives what its golden says: roles, texts, spans, facts. `scripts/golden --update` rewrites them."""

import json
from pathlib import Path

import pytest
from places import GOLDEN, RAW, samples

from corpus_db import listing
from corpus_db.loading import pipeline


def golden(path: Path) -> Path:
    """Where the golden of a sample is; those of the committed raw files stand apart from them."""
    return GOLDEN / "raw" / f"{path.stem}.json" if path.parent == RAW else path.with_suffix(".json")


def result(path: Path) -> dict:
    """What a sample gives. Of the committed raw files, blocks are given without their texts: the files are there."""
    found = listing.plain(pipeline.parse(path.parent, path.name))
    if path.parent == RAW:
        for article in found["articles"]:
            for block in article["blocks"]:
                del block["text"]
    return json.loads(json.dumps(found))


@pytest.mark.parametrize("path", samples(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sample_gives_its_golden(path: Path) -> None:
    assert result(path) == json.loads(golden(path).read_text(encoding="utf-8"))


def test_every_golden_has_its_sample() -> None:
    wanted = {golden(path) for path in samples()}
    assert set(GOLDEN.rglob("*.json")) == wanted


def test_samples_have_many_shapes() -> None:
    found = [result(path) for path in samples() if path.parent != RAW]
    articles = [article for each in found for article in each["articles"]]
    roles = {block["role"] for article in articles for block in article["blocks"]}
    assert len(articles) >= 12
    assert {article["language"] for article in articles} >= {"en", "de", "fr", "ru"}
    assert {each["encoding"] for each in found} >= {"utf-8", "utf-8-sig", "utf-16", "cp1252"}
    assert len(roles) == 14


if __name__ == "__main__":
    for each in samples():
        target = golden(each)
        target.parent.mkdir(exist_ok=True)
        text = json.dumps(result(each), ensure_ascii=False, indent=1) + "\n"
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.write_text(text, encoding="utf-8")
            print(f"wrote {target.relative_to(GOLDEN)}: read it before you commit it")  # noqa: T201
