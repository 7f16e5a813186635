"""The tables that the package carries beside its modules: what is known of wording, months, outlets, and weights."""

import csv
from collections.abc import Iterable, Iterator
from importlib import resources

import numpy as np
from numpy.typing import NDArray


def text(name: str) -> str:
    """A file of this folder."""
    return resources.files("corpus_db.loading").joinpath(name).read_text(encoding="utf-8")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, each by its heads."""
    return csv.DictReader(text(name).splitlines())


def weights(name: str, features: Iterable[str]) -> tuple[NDArray[np.float64], float]:
    """The weight of each feature, (features,), and the least sum of what is chosen by them."""
    by_name = {row["feature"]: float(row["weight"]) for row in rows(name)}
    return np.array([by_name[feature] for feature in features]), by_name["least"]
