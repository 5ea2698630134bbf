"""What a trained network says about the lessons, for another network to learn from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import torch

from flows.statements.tagger.pieces import pack
from flows.statements.tagger.tags import TAGS
from flows.training.lessons import Lesson
from flows.training.model import Network

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def taught(lessons: Sequence[Lesson], teacher: Network, tokenizer: Tokenizer) -> list[Lesson]:
    """The lessons with the teacher's chances of each word's tags."""
    teacher.eval()
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        return [_taught(lesson, teacher, tokenizer) for lesson in lessons]


def _taught(lesson: Lesson, teacher: Network, tokenizer: Tokenizer) -> Lesson:
    soft = np.zeros((len(lesson.tags), TAGS), np.float16)
    for window in pack(lesson.paragraphs, tokenizer):
        ids, kinds = torch.tensor([window.ids]), torch.tensor([window.kinds])
        tags, _ = teacher(ids, kinds, torch.ones(ids.shape))
        words = slice(window.first_word, window.first_word + len(window.firsts))
        soft[words] = tags[0, list(window.firsts)].float().softmax(-1).numpy()
    return replace(lesson, soft=soft)


def average(networks: Sequence[Network]) -> Network:
    """The network whose every weight is the mean of those of `networks`, which grew from the same start."""
    mean = Network(networks[0].shape)
    states = [network.state_dict() for network in networks]
    mean.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
    return mean
