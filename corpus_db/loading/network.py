"""Features of the blocks of a draft -> how likely each block is what: a small convolutional network, run by numpy.

Each block is a vector (its figures, the mean embeddings of its words and of the elements around it); residual
convolutions over the sequence of blocks with growing dilation (after van den Oord et al., 2016) let it see its
neighbours up to 31 blocks away, and the mean and the maximum over the file what kind of page it is. `scripts/train`
makes the weights; MODEL.md says from what, and how good they are. numpy runs it in half a millisecond a page; a
runtime of its own would cost 100 MB for no gain.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import features
from corpus_db.loading.features import Features
from corpus_db.records import Role

CLASSES = ("furniture", Role.PARAGRAPH, Role.CROSSHEAD, Role.HEADLINE, Role.STANDFIRST, Role.BYLINE, Role.DATELINE)
DILATIONS = (1, 2, 4, 8, 16)
WHOLE_AFTER = 2  # layers, before the whole page is looked at
MEMBERS = 2  # networks whose mean is taken
WEIGHTS = Path(__file__).parent / "weights.npz"

Weights = dict[str, NDArray[np.float32]]


def likely(given: Features, members: tuple[Weights, ...] | None = None) -> NDArray[np.float32]:
    """How likely each of n blocks is each of CLASSES: (n, 7), each row sums to 1."""
    chosen = members or _members()
    total = np.zeros((len(given.dense), len(CLASSES)), dtype=np.float32)
    if not len(total):
        return total
    for weights in chosen:
        total += _softmax(_logits(given, weights))
    return total / np.float32(len(chosen))


def _logits(given: Features, weights: Weights) -> NDArray[np.float32]:
    inner, edge = features.HEAD + features.TAIL, features.NEAR
    n = len(given.dense)
    dense = np.clip((given.dense - weights["mean"]) / weights["spread"], -5.0, 5.0)
    words = weights["words.weight"]
    hidden = np.concatenate(
        [
            dense,
            words[given.words[:, :inner]].reshape(n, -1),
            _mean(words, given.words[:, inner:]),
            _mean(weights["names.weight"], given.names[:, :edge]),
            _mean(weights["names.weight"], given.names[:, edge:]),
        ],
        axis=1,
    )
    hidden = np.maximum(hidden @ weights["first.weight"].T + weights["first.bias"], 0.0)
    for step, dilation in enumerate(DILATIONS):
        if step == WHOLE_AFTER:
            page = np.concatenate([hidden.mean(0), hidden.max(0)])
            hidden = np.maximum(hidden + weights["whole.weight"] @ page + weights["whole.bias"], 0.0)
        padded = np.pad(hidden, ((dilation, dilation), (0, 0)))
        near = np.concatenate([padded[:n], hidden, padded[2 * dilation :]], axis=1)
        hidden = hidden + np.maximum(near @ weights[f"layers.{step}.weight"].T + weights[f"layers.{step}.bias"], 0.0)
    found: NDArray[np.float32] = hidden @ weights["last.weight"].T + weights["last.bias"]
    return found


def _mean(vectors: NDArray[np.float32], buckets: NDArray[np.int32]) -> NDArray[np.float32]:
    """The mean vector of the buckets of each row, zeros where there are none; vector 0 is zero."""
    counts = np.maximum(1, (buckets > 0).sum(1, keepdims=True)).astype(np.float32)
    found: NDArray[np.float32] = vectors[buckets].sum(1) / counts
    return found


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    raised = np.exp(logits - logits.max(1, keepdims=True))
    found: NDArray[np.float32] = raised / raised.sum(1, keepdims=True)
    return found


@cache
def _members() -> tuple[Weights, ...]:
    return load(WEIGHTS)


def load(path: Path) -> tuple[Weights, ...]:
    """The networks of a file."""
    with np.load(path) as stored:
        members: dict[str, dict[str, Any]] = {}
        for key in stored.files:
            member, name = key.split("/", 1)
            members.setdefault(member, {})[name] = stored[key].astype(np.float32)
    return tuple(members[member] for member in sorted(members))


def save(path: Path, weights: Weights, *others: Weights) -> None:
    """Write networks in half precision, which changes no role that we have seen."""
    arrays: dict[str, Any] = {
        f"{at}/{name}": value.astype(np.float16)
        for at, each in enumerate((weights, *others))
        for name, value in each.items()
    }
    np.savez_compressed(path, **arrays)


def join(paths: list[Path], path: Path) -> None:
    """Write the networks of several files into one."""
    save(path, *(weights for each in paths for weights in load(each)))
