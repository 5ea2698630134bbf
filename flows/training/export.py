"""A trained network as the file that the package ships: ONNX, fused attention, eight-bit weights."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from flows.training.model import POINTERS, Layer, Network


class _FusedAttention(torch.autograd.Function):
    """Stands for onnxruntime's fused attention in the exported graph."""

    @staticmethod
    def forward(_context: Any, query: Tensor, _key: Tensor, _value: Tensor, _heads: int) -> Tensor:
        return query

    @staticmethod
    def symbolic(graph: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        fused = graph.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        return fused.setType(query.type())


class _Exported(nn.Module):
    """The network for one window without padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

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
        mixed = _FusedAttention.apply(query, key, value, layer.heads)  # type: ignore[no-untyped-call]
        x = layer.attended_norm(x + layer.attended(mixed))
        return layer.norm(x + layer.narrow(functional.gelu(layer.widen(x))))  # type: ignore[no-any-return]


def export(network: Network, path: Path) -> None:
    """Writes `network` to `path` as quantised ONNX, in one step.

    The graph takes `ids` and `kinds`, both `[1, piece]`, and gives tags `[1, piece, tag]` and the vectors of the
    pointers `[1, piece, pointer, size]`, first those that point, then those pointed at.
    """
    network.eval()
    example = (torch.randint(5, 2000, (1, 32)), torch.randint(0, 8, (1, 32)))
    names = ("ids", "kinds", "tags", "pointing", "pointed")
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        plain, small = Path(folder) / "plain.onnx", path.with_suffix(".part")
        torch.onnx.export(
            _Exported(network),
            example,
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


# The exporter leaves the types of some tensors open, and the quantiser wants to know them.
_OPTIONS = {"DefaultTensorType": 1}
