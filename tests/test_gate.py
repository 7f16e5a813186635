"""The labelled pages: a fixed sample of them scores above the floors of tests/gate.json."""

import os
import subprocess
import sys

import pytest
from places import ROOT

BENCH = ROOT.parent / "shared" / "bench"


def test_a_sample_of_the_labelled_pages_is_above_its_floors() -> None:
    if not (BENCH / "lay").exists() and "CORPUS_DB_BENCH" not in os.environ:
        pytest.skip(f"no labelled pages at {BENCH}: set CORPUS_DB_BENCH to where they are")
    call = [sys.executable, ROOT / "scripts" / "gate.py", "--sample"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
