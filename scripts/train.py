"""Trains the classifier of roles on the labelled pages, and says how good it is on sites that it has not seen.

    scripts/train            cross-validation, then the weights in corpus_db/loading/weights.npz; an hour on two cores
    scripts/train --final    the weights of the package only
    scripts/train --folds    those of the cross-validation only: tests/folds, with which scripts/gate scores
    scripts/train --headlines    the weights that choose the headline, behind those of the cross-validation
    scripts/train --mastheads    the weights that tell the outlet of a page from those that it names, likewise

Each network is trained twice: the first one reads the pages that gold has segments of only, and the second one learns
from what it made of them, too (`taught.py`). `labelled.py` makes examples of the others.
"""

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

import labelled
import numpy as np
import sites
import taught
import torch
import train_headlines
import train_mastheads
from labelled import Example
from torch import nn

from corpus_db.loading import buckets, features, network

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build" / "train"
FOLDS = ROOT / "tests" / "folds"  # what the gate reads pages with
EPOCHS, WIDTH, BATCH, RATE = 12, 96, 12, 2e-3
TEXTS = 1  # forms of a page as text that an epoch has
WORD_SIZE, NAME_SIZE = 16, 12  # of the embeddings
DROPPED, WORDS_DROPPED, NAMES_DROPPED, DECAY = 0.15, 0.2, 0.35, 0.02


class Net(nn.Module):
    """The network of `corpus_db/loading/network.py`, as it is trained."""

    def __init__(self, mean: np.ndarray, spread: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(mean))
        self.register_buffer("spread", torch.tensor(spread))
        self.words = nn.Embedding(buckets.WORDS, WORD_SIZE, padding_idx=0)
        self.names = nn.Embedding(buckets.NAMES, NAME_SIZE, padding_idx=0)
        nn.init.normal_(self.words.weight, std=0.1)
        nn.init.normal_(self.names.weight, std=0.1)
        with torch.no_grad():
            self.words.weight[0] = 0
            self.names.weight[0] = 0
        size = len(mean) + (buckets.HEAD + buckets.TAIL + 1) * WORD_SIZE + 2 * NAME_SIZE
        self.first = nn.Linear(size, WIDTH)
        self.layers = nn.ModuleList(nn.Linear(3 * WIDTH, WIDTH) for _ in network.DILATIONS)
        self.whole = nn.Linear(2 * WIDTH, WIDTH)
        self.last = nn.Linear(WIDTH, len(network.CLASSES))
        self.drop = nn.Dropout(DROPPED)

    def forward(
        self, dense: torch.Tensor, words: torch.Tensor, names: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Logits (pages, blocks, classes)."""
        if self.training:
            words = words * (torch.rand(words.shape) > WORDS_DROPPED)
            names = names * (torch.rand(names.shape) > NAMES_DROPPED)
            names = names * (torch.rand(names.shape[0], 1, 1) > 0.15)
        inner, edge = buckets.HEAD + buckets.TAIL, buckets.NEAR
        ends = self.words(words[..., :inner]).flatten(-2)
        bags = [
            _mean(self.words(words[..., inner:]), words[..., inner:]),
            _mean(self.names(names[..., :edge]), names[..., :edge]),
            _mean(self.names(names[..., edge:]), names[..., edge:]),
        ]
        dense = ((dense - self.mean) / self.spread).clamp(-5, 5)
        if self.training:
            dense = dense * (torch.rand(dense.shape[0], 1, dense.shape[2]) > 0.05)
        keep = mask.unsqueeze(-1)
        hidden = torch.relu(self.first(torch.cat([dense, ends, *bags], dim=-1))) * keep
        for step, (layer, dilation) in enumerate(zip(self.layers, network.DILATIONS, strict=True)):
            if step == network.WHOLE_AFTER:
                mean = hidden.sum(1, keepdim=True) / keep.sum(1, keepdim=True)
                most = hidden.amax(1, keepdim=True)
                hidden = torch.relu(hidden + self.whole(torch.cat([mean, most], dim=-1))) * keep
            pad = nn.functional.pad(hidden, (0, 0, dilation, dilation))
            n = hidden.shape[1]
            near = torch.cat([pad[:, :n], hidden, pad[:, 2 * dilation : 2 * dilation + n]], dim=-1)
            hidden = (hidden + self.drop(torch.relu(layer(near)))) * keep
        return self.last(hidden)


def _mean(vectors: torch.Tensor, buckets: torch.Tensor) -> torch.Tensor:
    return vectors.sum(-2) / (buckets > 0).sum(-1, keepdim=True).clamp(min=1)


def batches(examples: list[Example], generator: np.random.Generator) -> Iterator[list[Example]]:
    """An epoch: each page once as HTML and in so many of its forms as text, pages of like length together."""
    pages: dict[str, list[Example]] = defaultdict(list)
    for each in examples:
        pages[each.page].append(each)
    chosen = []
    for versions in pages.values():
        chosen += [each for each in versions if "/html/" in each.name]
        others = [each for each in versions if "/html/" not in each.name]
        chosen += [others[at] for at in generator.permutation(len(others))[:TEXTS].tolist()]
    noise = generator.random(len(chosen))
    order = sorted(range(len(chosen)), key=lambda at: len(chosen[at].weights) * (0.8 + 0.4 * noise[at]))
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    for at in generator.permutation(len(groups)):
        yield [chosen[index] for index in groups[at]]


def stack(arrays: list[np.ndarray]) -> torch.Tensor:
    """Arrays of several lengths as one tensor, zeros behind the shorter."""
    longest = max(len(array) for array in arrays)
    whole = np.zeros((len(arrays), longest, *arrays[0].shape[1:]), dtype=arrays[0].dtype)
    for at, array in enumerate(arrays):
        whole[at, : len(array)] = array
    return torch.from_numpy(whole)


def train(examples: list[Example], seed: int) -> dict[str, np.ndarray]:
    """Weights by name. The same examples and seed give the same bits on the same machine."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(mode=True)
    generator = np.random.default_rng(seed)
    everything = np.concatenate([each.features.dense for each in examples[:: max(1, len(examples) // 1500)]])
    net = Net(everything.mean(0), everything.std(0) + 0.05)
    steps = EPOCHS * sum(1 for _ in batches(examples, np.random.default_rng(0)))
    optimiser = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps + 1, pct_start=0.15)
    for epoch in range(EPOCHS):
        total, count = 0.0, 0
        for batch in batches(examples, generator):
            dense, words_, names = (stack([each.features[at] for each in batch]) for at in range(3))
            allowed, weights = stack([each.allowed for each in batch]), stack([each.weights for each in batch])
            mask = stack([np.ones(len(each.weights), dtype=np.float32) for each in batch])
            logits = net(dense, words_, names, mask)
            chance = torch.logsumexp(logits.masked_fill(~allowed, -30.0), -1) - torch.logsumexp(logits, -1)
            loss = -(chance * weights).sum() / len(batch)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total, count = total + float(loss.detach()), count + 1
        print(f"  seed {seed} epoch {epoch + 1}: loss {total / count:.4f}", flush=True)
    return {name: value.detach().numpy() for name, value in net.state_dict().items()}


class Job(NamedTuple):
    """A network to train: on all pages but those of a fold, and on those that a first network has taught."""

    weights: Path
    fold: int | None
    seed: int
    taught: Path | None = None


def run(job: Job) -> None:
    """Train one network, and write its weights."""
    examples = [each for each in load(BUILD / "examples.npy") if job.fold is None or each.fold != job.fold]
    examples += load(job.taught) if job.taught else []
    weights = train(examples, job.seed)
    job.weights.parent.mkdir(parents=True, exist_ok=True)
    network.save(job.weights, weights)
    print(f"{job.weights.name}: {job.weights.stat().st_size / 1e6:.2f} MB", flush=True)


def load(path: Path) -> list[Example]:
    """The examples of a file."""
    return [Example(*each) for each in np.load(path, allow_pickle=True)]


def store(path: Path, examples: list[Example]) -> None:
    """Write examples for the processes that train."""
    whole = np.empty(len(examples), dtype=object)
    for at, each in enumerate(examples):
        whole[at] = (each.name, each.page, each.fold, features.Features(*each.features), each.allowed, each.weights)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.save(path, whole, allow_pickle=True)
    pages = len({each.page for each in examples})
    blocks = sum(len(each.weights) for each in examples)
    print(f"{path.name}: {pages:,} pages, {len(examples):,} with all their forms, {blocks:,} blocks", flush=True)


def prepare() -> None:
    """Cut and label all pages, and render those that a first network is to teach."""
    with Pool() as pool:
        store(
            BUILD / "examples.npy", [each for some in pool.imap(labelled.examples, labelled.jobs(), 8) for each in some]
        )
    taught.render(BUILD / "texts")


def learn(folds: list[int | None]) -> None:
    """Train the networks of these folds; None stands for those of the package, which have seen all pages."""
    first = [Job(BUILD / f"first-{fold}.npz", fold, 0) for fold in folds]
    with Pool(min(len(first), os.cpu_count() or 1)) as pool:
        pool.map(run, first, 1)
    second = []
    for job in first:
        path = BUILD / f"taught-{job.fold}.npy"
        store(path, taught.examples(job.weights, job.fold, BUILD / "texts"))
        if job.fold is None:
            second += [Job(BUILD / f"all-{seed}.npz", None, seed, path) for seed in range(network.MEMBERS)]
        else:
            second.append(Job(FOLDS / f"{job.fold}.npz", job.fold, 0, path))
    with Pool(min(len(second), os.cpu_count() or 1)) as pool:
        pool.map(run, second, 1)
    if None in folds:
        network.join([BUILD / f"all-{seed}.npz" for seed in range(network.MEMBERS)], network.WEIGHTS)


def main() -> int:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--final", action="store_true", help="only the weights that the package carries")
    parser.add_argument("--folds", action="store_true", help="only the weights of the cross-validation")
    parser.add_argument("--headlines", action="store_true", help="only the weights that choose the headline")
    parser.add_argument("--mastheads", action="store_true", help="only the weights that tell the outlet")
    parser.add_argument("--keep", action="store_true", help="the pages are prepared already")
    arguments = parser.parse_args()
    if arguments.headlines:
        train_headlines.main()
        return 0
    if arguments.mastheads:
        train_mastheads.main()
        return 0
    if not arguments.keep:
        prepare()
    learn([*([] if arguments.final else range(sites.FOLDS)), *([] if arguments.folds else [None])])
    return 0


if __name__ == "__main__":
    sys.exit(main())
