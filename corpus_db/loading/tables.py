"""The tables that the package carries beside its modules: what is known of wording, months, outlets, and weights."""

import csv
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from itertools import product

import numpy as np
from numpy.typing import NDArray


def text(name: str) -> str:
    """A file of this folder."""
    return resources.files("corpus_db.loading").joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, each by its heads."""
    return csv.DictReader(text(name).splitlines())


def phrases(pattern: str) -> Iterator[str]:
    """The phrases that a pattern of `cues.csv` stands for. '[a|b]' is one word or none, 'a|b' one of two.

    >>> list(phrases("read|see [also]"))
    ['read', 'read also', 'see', 'see also']
    """
    choices = [
        ["", *word[1:-1].split("|")] if word.startswith("[") else word.split("|")
        for word in re.findall(r"\[[^]]*\]|\S+", pattern)
    ]
    for words in product(*choices):
        yield " ".join(filter(None, words))


def weights(name: str, features: Iterable[str]) -> tuple[NDArray[np.float64], float]:
    """The weight of each feature, (features,), and the least sum of what is chosen by them."""
    by_name = {row["feature"]: float(row["weight"]) for row in rows(name)}
    return np.array([by_name[feature] for feature in features]), by_name["least"]
