"""The training loop: seeded, resumable, on an accelerator or the CPU, from marked texts and a teacher's answers."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from flows.statements.tagger.tags import CONTENT, CUE, beginning, inside
from flows.training.lessons import IGNORED, Batch, Lesson, batches

if TYPE_CHECKING:
    from tokenizers import Tokenizer

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train one network.

    Attributes:
        epochs: Passes over the lessons.
        encoder_rate: Highest learning rate of the pretrained weights.
        head_rate: Highest learning rate of the new weights.
        batch: Windows per step.
        warm_up: Part of the steps in which the rates rise.
        link_weight: Weight of the pointers' loss.
        hidden: Part of the pieces that are masked, so that the network leans on the context.
        seed: Seed of everything random.
        save_every: Steps between checkpoints.
        soft_weight: Part of the loss that comes from the teacher's answers, where there is a teacher.
        temperature: By how much both networks' scores are flattened before they are compared.
    """

    epochs: int = 4
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    batch: int = 8
    warm_up: float = 0.08
    link_weight: float = 0.3
    hidden: float = 0.0
    seed: int = 1
    save_every: int = 200
    soft_weight: float = 0.5
    temperature: float = 2.0


_HEADS = ("tag", "pointing", "pointed", "kinds")


@dataclass(slots=True)
class _Position:
    """How far the training has come: steps in all, finished epochs, and steps of the running epoch."""

    done: int = 0
    epoch: int = 0
    batch: int = 0


def fit(
    network: nn.Module,
    lessons: Sequence[Lesson],
    tokenizer: Tokenizer,
    plan: Plan,
    checkpoint: Path,
    stop_after: int | None = None,
    teacher: nn.Module | None = None,
) -> None:
    """Trains `network` in place, on the device where it is; goes on from `checkpoint` if that file exists.

    Args:
        network: What to train.
        lessons: What to learn.
        tokenizer: The tokenizer that made the lessons' pieces.
        plan: How to train.
        checkpoint: File to which network, optimiser and position are saved.
        stop_after: Steps, counted from the very first, after which to stop; None for no stop.
        teacher: A trained network on the same device that reads the same pieces; None to learn from the marks alone.
    """
    torch.manual_seed(plan.seed)
    optimiser = _optimiser(network, plan)
    rates = [group["lr"] for group in optimiser.param_groups]
    position = _resume(checkpoint, network, optimiser)
    total = len(batches(lessons, plan.batch, tokenizer, plan.seed)) * plan.epochs
    meter = _Meter(total)
    network.train()
    for batch in _remaining(position, lessons, tokenizer, plan):
        share = _share_of_rate(position.done, total, plan.warm_up)
        for group, rate in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = rate * share
        meter.add(position.done, _step(network, teacher, batch, optimiser, plan), batch)
        position.done += 1
        position.batch += 1
        if position.done % plan.save_every == 0:
            _save(checkpoint, network, optimiser, position)
        if position.done == stop_after:
            return
    _save(checkpoint, network, optimiser, position)


def _remaining(position: _Position, lessons: Sequence[Lesson], tokenizer: Tokenizer, plan: Plan) -> Iterator[Batch]:
    """The batches from `position` to the end; moves the position from epoch to epoch."""
    while position.epoch < plan.epochs:
        yield from batches(lessons, plan.batch, tokenizer, plan.seed + position.epoch)[position.batch :]
        position.epoch, position.batch = position.epoch + 1, 0


def _optimiser(network: nn.Module, plan: Plan) -> torch.optim.Optimizer:
    named = list(network.named_parameters())
    heads = [weight for name, weight in named if name.startswith(_HEADS)]
    matrices = [weight for name, weight in named if name.startswith("layers") and weight.dim() > 1]
    chosen = {id(weight) for weight in (*heads, *matrices)}
    rest = [weight for _, weight in named if id(weight) not in chosen]
    groups = [
        {"params": matrices, "lr": plan.encoder_rate, "weight_decay": 0.01},
        {"params": rest, "lr": plan.encoder_rate, "weight_decay": 0.0},
        {"params": heads, "lr": plan.head_rate, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)


def _share_of_rate(step: int, total: int, warm_up: float) -> float:
    rising = max(1, int(total * warm_up))
    return min((step + 1) / rising, max(0.02, (total - step) / max(1, total - rising)))


def best_device() -> torch.device:
    """The accelerator of this machine, or else the CPU."""
    return torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")


def _device(network: nn.Module) -> torch.device:
    return next(network.parameters()).device


def _reckons_in_bfloat16(device: torch.device) -> bool:
    """Whether that is faster than in 32 bits: a CPU without instructions for it takes about ten times as long."""
    return device.type != "cpu" or any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "amx_bf16"))


def _step(
    network: nn.Module, teacher: nn.Module | None, batch: Batch, optimiser: torch.optim.Optimizer, plan: Plan
) -> float:
    device = _device(network)
    hidden, batch = _hide(batch.ids, plan.hidden).to(device), batch.to(device)
    with torch.autocast(device.type, torch.bfloat16, enabled=_reckons_in_bfloat16(device)):
        tags, links = network(hidden, batch.kinds, batch.present)
        loss = _gold_loss(tags.float(), links.float(), batch, plan)
        if teacher is not None:
            loss = (1 - plan.soft_weight) * loss + plan.soft_weight * _soft_loss(tags, links, teacher, batch, plan)
    optimiser.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimiser.step()
    return float(loss.detach())


def _gold_loss(tags: Tensor, links: Tensor, batch: Batch, plan: Plan) -> Tensor:
    known = batch.tags != IGNORED
    if not known.any():
        return tags.sum() * 0
    return functional.cross_entropy(tags[known], batch.tags[known]) + plan.link_weight * link_loss(links, batch)


def _soft_loss(tags: Tensor, links: Tensor, teacher: nn.Module, batch: Batch, plan: Plan) -> Tensor:
    with torch.no_grad():
        right_tags, right_links = teacher(batch.ids, batch.kinds, batch.present)
    apart = plan.temperature
    chances = right_tags.float().softmax(-1)
    loss = _divergence(tags, right_tags, batch.firsts.float(), apart)
    for pointer, part in enumerate((CONTENT, CUE)):
        pointing = (chances[..., beginning(part)] + chances[..., inside(part)]) * batch.firsts
        loss = loss + plan.link_weight * _divergence(links[:, pointer], right_links[:, pointer], pointing, apart)
    return loss * apart**2


def _divergence(scores: Tensor, right: Tensor, weights: Tensor, temperature: float) -> Tensor:
    """Mean Kullback-Leibler divergence of the chances along the last axis, each row by its weight."""
    given, wanted = ((values.float() / temperature).log_softmax(-1) for values in (scores, right))
    rows = functional.kl_div(given, wanted, reduction="none", log_target=True).sum(-1)
    return (rows * weights).sum() / weights.sum().clamp(min=1e-6)


_MASK_ID = 103


def _hide(ids: Tensor, part: float) -> Tensor:
    if not part:
        return ids
    hidden = (torch.rand(ids.shape) < part) & (ids > _MASK_ID)
    return ids.masked_fill(hidden, _MASK_ID)


def link_loss(links: Tensor, batch: Batch) -> Tensor:
    """Cross entropy of both pointers over the pieces that point."""
    length = links.shape[-1]
    losses = []
    for pointer, targets in enumerate(batch.links):
        if (targets != IGNORED).any():
            scores = links[:, pointer].reshape(-1, length)
            losses.append(functional.cross_entropy(scores, targets.reshape(-1), ignore_index=IGNORED))
    return torch.stack(losses).sum() if losses else links.sum() * 0


def _save(path: Path, network: nn.Module, optimiser: torch.optim.Optimizer, position: _Position) -> None:
    state: dict[str, Any] = {
        "network": network.state_dict(),
        "optimiser": optimiser.state_dict(),
        "position": asdict(position),
        "random": _random_states(_device(network)),
    }
    aside = path.with_suffix(".part")
    torch.save(state, aside)
    aside.replace(path)


def _resume(path: Path, network: nn.Module, optimiser: torch.optim.Optimizer) -> _Position:
    if not path.exists():
        return _Position()
    state = torch.load(path, weights_only=True, map_location="cpu")
    network.load_state_dict(state["network"])
    optimiser.load_state_dict(state["optimiser"])
    _set_random_states(state["random"], _device(network))
    return _Position(**state["position"])


def _random_states(device: torch.device) -> list[Tensor]:
    """State of the chance of the CPU, which hides pieces, and of the accelerator, which drops activations."""
    states = [torch.get_rng_state()]
    return states if device.type == "cpu" else [*states, torch.get_device_module(device).get_rng_state()]


def _set_random_states(states: Sequence[Tensor], device: torch.device) -> None:
    torch.set_rng_state(states[0])
    if device.type != "cpu" and len(states) > 1:
        torch.get_device_module(device).set_rng_state(states[1])


class _Meter:
    """Logs loss and speed every fifty steps."""

    def __init__(self, total: int) -> None:
        self.total, self.losses, self.pieces, self.start = total, list[float](), 0, time.monotonic()

    def add(self, step: int, loss: float, batch: Batch) -> None:
        self.losses.append(loss)
        self.pieces += int(batch.present.sum())
        if len(self.losses) == 50:
            speed = self.pieces / (time.monotonic() - self.start)
            log.info("step %d of %d, loss %.4f, %.0f pieces/s", step + 1, self.total, sum(self.losses) / 50, speed)
            self.losses.clear()
