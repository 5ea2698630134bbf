"""A trained network as the file that the package ships: ONNX, fused attention, eight-bit weights."""

# Without torch its classes are unknown to mypy, with it they are half typed: both must pass.
# mypy: disallow-subclassing-any=False, warn-return-any=False, disallow-untyped-calls=False

from __future__ import annotations

import copy
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from flows.statements.tagger.pieces import Window
from flows.training.model import POINTERS, Layer, Network

_QUANTISED = ("query_key_value", "attended", "widen", "narrow")
# The exporter leaves the types of some tensors open, and the quantiser wants to know them: 1 is float.
_OPTIONS = {"DefaultTensorType": 1}


def export(network: Network, path: Path, samples: Sequence[Window]) -> None:
    """Writes `network` to `path` as quantised ONNX, in one step.

    The graph takes `ids` and `kinds`, both `[1, piece]`, and gives tags `[1, piece, tag]` and the vectors of the
    pointers `[1, piece, pointer, size]`, first those that point, then those pointed at.

    Args:
        network: What to export.
        path: File to write.
        samples: Windows of typical text, from which the ranges of the numbers inside the network are learnt.

    Raises:
        ValueError: The network weighs distances, which the fused attention of the graph cannot.
    """
    if network.shape.distances:
        raise ValueError("a network that weighs distances cannot be exported; export the small one that it taught")
    names = ("ids", "kinds", "tags", "pointing", "pointed")
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, small = Path(folder) / "plain.onnx", path.with_suffix(".part")
        torch.onnx.export(
            _Exported(network, samples).eval(),
            (torch.randint(5, network.shape.vocabulary, (1, 32)), torch.randint(0, 8, (1, 32))),
            str(plain),
            input_names=list(names[:2]),
            output_names=list(names[2:]),
            dynamic_axes={name: {1: "piece"} for name in names},
            opset_version=17,
            dynamo=False,
            custom_opsets={"com.microsoft": 1},
        )
        quantize_dynamic(plain, small, per_channel=True, weight_type=QuantType.QInt8, extra_options=_OPTIONS)
    small.replace(path)


class _FusedAttention(torch.autograd.Function):
    """Stands for onnxruntime's fused attention in the exported graph."""

    @staticmethod
    def forward(_context: object, query: Tensor, _key: Tensor, _value: Tensor, _heads: int) -> Tensor:
        return query

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:  # noqa: ANN401 - torch leaves it untyped
        fused = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return fused.setType(query.type())


class _Smoothed(nn.Module):
    """A matrix whose widest input channels are shrunk, and its weights for them grown as much.

    Eight bits have to hold the widest channel: without this, a few wide ones leave the others hardly any steps.
    """

    def __init__(self, linear: nn.Linear, widest: Tensor) -> None:
        super().__init__()
        scale = (widest / widest.median()).sqrt().clamp(min=1.0)
        self.linear = linear
        self.linear.weight.data *= scale
        self.register_buffer("shrink", 1 / scale)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x * self.shrink)


class _Exported(nn.Module):
    """The network for one window without padding."""

    def __init__(self, network: Network, samples: Sequence[Window]) -> None:
        super().__init__()
        self.network = copy.deepcopy(network).eval()
        with _widest_inputs(self.network) as widest, torch.inference_mode():
            for window in samples:
                ids = torch.tensor([window.ids])
                self.network(ids, torch.tensor([window.kinds]), torch.ones(ids.shape))
        for (n, name), range_of_channels in widest.items():
            layer = self.network.layers[n]
            setattr(layer, name, _Smoothed(getattr(layer, name), range_of_channels.clone()))

    def forward(self, ids: Tensor, kinds: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        network = self.network
        x = network.embed(ids, kinds)
        for layer in network.layers:
            x = self._layer(layer, x)
        batch, length, _ = x.shape
        shape = (batch, length, POINTERS, network.shape.pointer)
        return network.tag(x), network.pointing(x).reshape(shape), network.pointed(x).reshape(shape)

    def _layer(self, layer: Layer, x: Tensor) -> Tensor:
        query, key, value = layer.query_key_value(x).split(x.shape[-1], -1)
        mixed = _FusedAttention.apply(query, key, value, layer.heads)
        x = layer.attended_norm(x + layer.attended(mixed))
        return layer.norm(x + layer.narrow(functional.gelu(layer.widen(x))))


@contextmanager
def _widest_inputs(network: Network) -> Iterator[dict[tuple[int, str], Tensor]]:
    """Collects, for each matrix of each layer, the largest magnitude of every input channel."""
    widest: dict[tuple[int, str], Tensor] = {}

    def watch(key: tuple[int, str]) -> Callable[[nn.Module, tuple[Tensor]], None]:
        def look(_module: nn.Module, inputs: tuple[Tensor]) -> None:
            seen = inputs[0].abs().flatten(0, -2).amax(0)
            widest[key] = torch.maximum(widest[key], seen) if key in widest else seen

        return look

    hooks = [
        getattr(layer, name).register_forward_pre_hook(watch((n, name)))
        for n, layer in enumerate(network.layers)
        for name in _QUANTISED
    ]
    try:
        yield widest
    finally:
        for hook in hooks:
            hook.remove()
