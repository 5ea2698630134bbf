"""The signature of a body: a few hundred bytes by which two tellings of one story are known without their texts.

The signature holds a MinHash of the body's word triples (how much of the wording is shared), its names and figures
(boilerplate is shared by readouts of different meetings, names and figures are not) and a digest of all its words
(whether the bodies are equal).
"""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING, Any, Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from datasketch import MinHash

PERMUTATIONS: Final = 96
NAMES: Final = 48
NO_NAME: Final = 0xFFFF

LAYOUT: Final = np.dtype(
    [
        ("digest", "<u8"),
        ("words", "<u4"),
        ("triples", "<u4"),
        # Sixteen of the 32 bits tell two hashes apart well enough and leave room for twice as many.
        ("minhash", "<u2", (PERMUTATIONS,)),
        ("names", "<u2", (NAMES,)),
    ]
)
"""Fields of a signature: digest of the words, number of words, number of distinct triples, MinHash of the triples,
and the `NAMES` smallest hashes of names and figures in rising order, filled up with `NO_NAME`."""

Signatures = npt.NDArray[Any]

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_SLICE = 8_192


def signature(text: str) -> bytes:
    """The signature of a body, `LAYOUT.itemsize` bytes: the same on every machine and in every release.

    Case, punctuation, white space and the form of apostrophes make no difference.
    """
    words = [word.replace("’", "'") for word in _WORD.findall(text)]
    folded = [word.casefold() for word in words]
    triples = _triples(folded)
    record = np.zeros((), dtype=LAYOUT)
    record["digest"] = int.from_bytes(blake2b(" ".join(folded).encode(), digest_size=8).digest(), "little")
    record["words"] = len(words)
    record["triples"] = len(triples)
    record["minhash"] = _minhash(triples)
    record["names"] = _names(set(words))
    return record.tobytes()


def _triples(folded: list[str]) -> npt.NDArray[np.uint32]:
    """Distinct hashes of all three words that follow one another."""
    triples = zip(folded, islice(folded, 1, None), islice(folded, 2, None), strict=False)
    hashes = (crc32(" ".join(triple).encode()) for triple in triples)
    return np.unique(np.fromiter(hashes, dtype=np.uint32))


def _minhash(triples: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint16]:
    minhash = _nothing().copy()
    for start in range(0, len(triples), _SLICE):
        minhash.update_batch(triples[start : start + _SLICE].tolist())
    low: npt.NDArray[np.uint16] = minhash.hashvalues.astype(np.uint16)
    return low


@cache
def _nothing() -> MinHash:
    # With SciPy and its own stores it takes seconds to import, which whoever wants statements alone does not wait for.
    from datasketch import MinHash  # noqa: PLC0415

    return MinHash(num_perm=PERMUTATIONS, seed=1, hashfunc=int, scheme="affine32")


def _names(words: set[str]) -> npt.NDArray[np.uint16]:
    """Hashes of the names and figures: capitalised words that the text never writes small, and numbers.

    Keeping the smallest hashes of all keeps the same names in every telling; up to `NAMES` of them, none is lost.
    """
    found = {word for word in words if word[0].isdigit() or (word[0].isupper() and word.casefold() not in words)}
    hashes = sorted({crc32(word.casefold().encode()) % NO_NAME for word in found})[:NAMES]
    return np.array(hashes + [NO_NAME] * (NAMES - len(hashes)), dtype=np.uint16)
