"""Runs the shipped network: one window a call, one thread, the same numbers for the same window."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from flows.statements.tagger.pieces import MODEL_FOLDER, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Floats = npt.NDArray[np.float32]


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


@cache
def load_network(path: Path = MODEL_FOLDER / "model.onnx") -> InferenceSession:
    """The network in the file `path`, which uses one thread.

    Raises:
        FileNotFoundError: The package was built without its model.
    """
    import onnxruntime  # noqa: PLC0415 - loaded with the first text, not with the package

    if not path.is_file():
        raise FileNotFoundError(f"{path}: the model is missing; install the package again, or train one")
    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


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
