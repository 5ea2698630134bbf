"""Runs the shipped network: one window a call, one thread, the same numbers for the same window."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from flows.statements.tagger.pieces import KINDS, WINDOW, Window
from flows.statements.tagger.tags import NAMES

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = npt.NDArray[np.float32]

NETWORK_FILE: Final = "model.onnx"
FORM_FILE: Final = "model.json"


@dataclass(frozen=True, slots=True)
class Form:
    """What the code and a model must agree on.

    Attributes:
        tags: Names of the tags, by number.
        kinds: How many kinds of piece there are.
        window: Most pieces that are read together.
    """

    tags: tuple[str, ...] = NAMES
    kinds: int = KINDS
    window: int = WINDOW


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network says about the words of one window.

    Attributes:
        first_word: Number of the window's first word in the document.
        tags: Log chance of each tag, `[word, tag]`.
        pointing: Vectors with which words point, `[word, pointer, size]`.
        pointed: Vectors at which they point, `[1 + word, pointer, size]`; row 0 stands for "none".
    """

    first_word: int
    tags: Floats
    pointing: Floats
    pointed: Floats


def load_network(folder: Path) -> InferenceSession:
    """The network in `folder`, which uses one thread.

    Raises:
        FileNotFoundError: The folder lacks the network.
        ValueError: The network was trained for another form of pieces or tags than the code's.
    """
    import onnxruntime  # noqa: PLC0415 - loaded with the first text, not with the package

    path, form = folder / NETWORK_FILE, folder / FORM_FILE
    for file in (path, form):
        if not file.is_file():
            raise FileNotFoundError(f"{file}: the model is missing; install the package again, or train one")
    if json.loads(form.read_text(encoding="utf-8")) != json.loads(json.dumps(asdict(Form()))):
        raise ValueError(f"{form}: the model was trained for other tags, kinds or windows; train it again")
    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def write_form(folder: Path) -> None:
    """Writes into `folder` for which form of pieces and tags its network was trained."""
    (folder / FORM_FILE).write_text(json.dumps(asdict(Form()), indent=2) + "\n", encoding="utf-8")


def read(window: Window, network: InferenceSession) -> Reading:
    """Runs one window through the network."""
    inputs = {"ids": np.array([window.ids], np.int64), "kinds": np.array([window.kinds], np.int64)}
    tags, pointing, pointed = network.run(None, inputs)
    firsts = np.array(window.firsts)
    return Reading(
        window.first_word,
        log_softmax(tags[0, firsts]),
        pointing[0, firsts],
        pointed[0, np.concatenate(([0], firsts))],
    )


def log_softmax(scores: Floats) -> Floats:
    """Log chances along the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(-1, keepdims=True)), np.float32)
