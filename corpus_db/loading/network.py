"""Features of the blocks of a draft -> how likely each block is what: a small convolutional network, run by numpy.

Each block is a vector (its figures, the mean embeddings of its words and of the elements around it); residual
convolutions over the sequence of blocks with growing dilation (after van den Oord et al., 2016) let it see its
neighbours up to 31 blocks away, and the mean and the maximum over the file what kind of page it is. `scripts/train`
makes the weights; MODEL.md says from what, and how good they are. numpy runs it, mostly in its matrix products; a
runtime of its own would cost 100 MB for no gain.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus_db.loading import buckets
from corpus_db.loading.features import Features
from corpus_db.records import Role

CLASSES = ("furniture", Role.PARAGRAPH, Role.CROSSHEAD, Role.HEADLINE, Role.STANDFIRST, Role.BYLINE, Role.DATELINE)
DILATIONS = (1, 2, 4, 8, 16)
WHOLE_AFTER = 2  # layers, before the whole page is looked at
MEMBERS = 2  # networks whose mean is taken
WEIGHTS = Path(__file__).parent / "weights.npz"

Weights = dict[str, NDArray[np.float32]]  # of one network; stacked: of several, one after the other in axis 0


def likely(given: Features, networks: Weights | None = None) -> NDArray[np.float32]:
    """How likely each of n blocks is each of CLASSES: (n, 7), each row sums to 1; `networks` are stacked."""
    chosen = networks or _shipped()
    if not len(given.dense):
        return np.zeros((0, len(CLASSES)), dtype=np.float32)
    logits = _logits(given, chosen)
    raised = np.exp(logits - logits.max(2, keepdims=True))
    found: NDArray[np.float32] = (raised / raised.sum(2, keepdims=True)).sum(0) / np.float32(len(logits))
    return found


def _logits(given: Features, weights: Weights) -> NDArray[np.float32]:
    """What each of m networks says of n blocks: (m, n, 7)."""
    inner, edge = buckets.HEAD + buckets.TAIL, buckets.NEAR
    words, names = weights["words.weight"], weights["names.weight"]
    m, n = len(words), len(given.dense)
    hidden = np.concatenate(
        [
            np.clip((given.dense - weights["mean"][:, None]) / weights["spread"][:, None], -5.0, 5.0),
            words[:, given.words[:, :inner]].reshape(m, n, -1),
            _mean(words, given.words[:, inner:]),
            _mean(names, given.names[:, :edge]),
            _mean(names, given.names[:, edge:]),
        ],
        axis=2,
    )
    hidden = _positive(_layer(hidden, weights, "first"))
    width = hidden.shape[2]
    for step, dilation in enumerate(DILATIONS):
        if step == WHOLE_AFTER:
            page = np.concatenate([hidden.mean(1), hidden.max(1)], axis=1)
            hidden = _positive(hidden + _layer(page[:, None], weights, "whole"))
        near = np.zeros((m, n, 3 * width), dtype=np.float32)
        near[:, dilation:, :width] = hidden[:, :-dilation]
        near[:, :, width : 2 * width] = hidden
        near[:, :-dilation, 2 * width :] = hidden[:, dilation:]
        hidden += _positive(_layer(near, weights, f"layers.{step}"))
    return _layer(hidden, weights, "last")


def _layer(given: NDArray[np.float32], weights: Weights, name: str) -> NDArray[np.float32]:
    found: NDArray[np.float32] = given @ weights[f"{name}.weight"].transpose(0, 2, 1)
    found += weights[f"{name}.bias"][:, None]
    return found


def _positive(given: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.maximum(given, 0.0, out=given)


def _mean(vectors: NDArray[np.float32], buckets: NDArray[np.int32]) -> NDArray[np.float32]:
    """The mean vectors of the buckets of each row, zeros where there are none; bucket 0 is none."""
    some = buckets > 0
    counts = some.sum(1)
    stops = np.cumsum(counts)
    given = vectors[:, np.append(buckets[some], 0)]  # one more, for a last row that is empty starts behind the others
    found: NDArray[np.float32] = np.add.reduceat(given, stops - counts, axis=1)
    found[:, counts == 0] = 0.0
    found /= np.maximum(1, counts).astype(np.float32)[:, None]
    return found


@cache
def _shipped() -> Weights:
    return stack(load(WEIGHTS))


def stack(members: tuple[Weights, ...]) -> Weights:
    """Networks of one shape, stacked: one call of numpy runs them all."""
    return {name: np.stack([weights[name] for weights in members]) for name in members[0]}


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
