"""Files in the shapes that people keep them in, as a whole: what a file of each shape gives."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from corpus_db.cli import main

BODY = """The parliament on Tuesday voted down a bill that would have raised the price of water in the valley.

Its opponents said that it would have hurt the poor most of all, and that the dams had to be repaired first.
"""


def parsed(path: Path, text: str) -> dict[str, Any]:
    path.write_text(text, encoding="utf-8")
    return json.loads(CliRunner().invoke(main, ["parse", str(path), "--json"]).output)


def roles(record: dict[str, Any]) -> list[tuple[str, str]]:
    (article,) = record["articles"]
    return [(block["role"], block["text"]) for block in article["blocks"]]


def test_a_title_that_front_matter_states_is_one_headline(tmp_path: Path) -> None:
    title = "Parliament votes down the water bill"
    found = parsed(tmp_path / "a.md", f"---\ntitle: {title}\n---\n# {title}\n\n{BODY}")
    assert ("headline", title) in roles(found)
    assert "crosshead" not in [role for role, _ in roles(found)]


def test_a_line_that_points_elsewhere_is_no_paragraph(tmp_path: Path) -> None:
    pointer = "Read also: What the sanctions have done so far"
    first, second = BODY.strip().split("\n\n")
    found = parsed(tmp_path / "a.txt", f"A bill on water fails\n\n{first}\n\n{pointer}\n\n{second}\n\n{first} Again.\n")
    assert ("boilerplate", pointer) in roles(found)
    assert [role for role, _ in roles(found)].count("paragraph") == 3


def test_an_export_of_several_documents_is_no_article(tmp_path: Path) -> None:
    one, two = (f"Document {number} of 2\n\nA bill on water fails\n\n{BODY}" for number in (1, 2))
    found = parsed(tmp_path / "a.txt", f"{one}\n{two}")
    assert found["problem"] == "an export of 2 documents: split it into files of one article each"
    assert parsed(tmp_path / "b.txt", one)["outcome"] == "loaded"
