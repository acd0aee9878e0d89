"""Batches and answers of an ONNX Runtime session in torch's own memory, on the device where they already lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch

from urbangrain.engine.models.onnx_file import Port


class Binding:
    """One lane's input and output of a session, bound by address: nothing is copied on the way in or out.

    The shape of an answer must be known before its memory can be bound. Where the caller does not know it, the first
    run lets ONNX Runtime allocate the answer in the host's memory, and what was seen holds for later runs.

    Parameters
    ----------
    session : onnxruntime.InferenceSession
    source, target : Port
        Its input, and the output that is wanted. A first side of the input that is stated is the number of windows in
        every run: the last one is filled up with zeros.
    place : tuple of str and int
        Device of the batches as ONNX Runtime names it, such as ('cpu', 0).
    most : int
        Windows in a run at most; 0 has no limit.

    Raises
    ------
    TypeError
        For an input of a type that torch lacks.
    """

    def __init__(self, session: Any, source: Port, target: Port, place: tuple[str, int], most: int = 0) -> None:
        self._session, self._source, self._target, self._place, self._most = session, source, target, place, most
        self._type = getattr(torch, source.dtype, None)
        if not isinstance(self._type, torch.dtype) or not hasattr(np, source.dtype):
            raise TypeError(f"its input is of type {source.dtype}")
        self._binding = session.io_binding()
        self._seen: dict[tuple[int, ...], tuple[tuple[int, ...], torch.dtype]] = {}
        self._out: torch.Tensor | None = None

    def run(self, batch: torch.Tensor, answer: tuple[int, ...] | None = None) -> torch.Tensor:
        """Run the network over a batch.

        Parameters
        ----------
        batch : tensor [n, C, h, w]
            On the device of ``place``.
        answer : tuple of int, optional
            Shape of one window's answer where it is known.

        Returns
        -------
        tensor [n, ...]
            The raw answer in the network's own type. The next run overwrites it.

        Raises
        ------
        ValueError
            For an answer without a row for each window.
        Exception
            What ONNX Runtime raises, of its own kinds.
        """
        data = batch.to(self._type).contiguous()
        count = len(data)
        fixed = self._source.shape[0] if self._source.shape else None
        step = fixed or min(count, self._most or count)
        if fixed and count % fixed:
            data = torch.cat([data, data.new_zeros(-count % fixed, *data.shape[1:])])
        if self._place[0] == "cuda":
            # ONNX Runtime computes in a stream of its own; what it reads must be there, and what torch still reads of
            # the last answer must not be overwritten.
            torch.cuda.current_stream(self._place[1]).synchronize()
        sides = tuple(data.shape[1:])
        known = self._seen.get(sides)
        kind = getattr(torch, self._target.dtype, None)
        if known is None and answer is not None and isinstance(kind, torch.dtype):
            known = answer, kind
        start = 0
        if known is None:
            first = self._first(data[:step])
            known = self._seen[sides] = tuple(first.shape[1:]), first.dtype
            out = self._memory(data, *known)
            out[:step] = first
            start = step
        else:
            out = self._memory(data, *known)
        for row in range(start, len(data), step):
            self._once(data[row : row + step], out[row : row + step])
        return out[:count]

    def _memory(self, data: torch.Tensor, shape: tuple[int, ...], dtype: torch.dtype) -> torch.Tensor:
        """Return the answer's memory for ``data``: the last one's where it is large enough."""
        old = self._out
        if old is None or tuple(old.shape[1:]) != shape or old.dtype != dtype or len(old) < len(data):
            self._out = None  # let go before the new one is taken
            self._out = data.new_empty((len(data), *shape), dtype=dtype)
        assert self._out is not None
        return self._out[: len(data)]

    def _first(self, data: torch.Tensor) -> torch.Tensor:
        self._bind(data)
        self._binding.bind_output(self._target.name, "cpu")
        self._session.run_with_iobinding(self._binding)
        first = torch.from_numpy(self._binding.get_outputs()[0].numpy())
        if tuple(first.shape[:1]) != (len(data),):
            raise ValueError(f"shape {tuple(first.shape)} for {len(data)} windows")
        return first

    def _once(self, data: torch.Tensor, out: torch.Tensor) -> None:
        self._bind(data)
        kind = _numpy_type(out.dtype)
        self._binding.bind_output(self._target.name, *self._place, kind, tuple(out.shape), out.data_ptr())
        self._session.run_with_iobinding(self._binding)

    def _bind(self, data: torch.Tensor) -> None:
        kind = _numpy_type(data.dtype)
        self._binding.bind_input(self._source.name, *self._place, kind, tuple(data.shape), data.data_ptr())


def _numpy_type(dtype: torch.dtype) -> Any:
    return torch.empty(0, dtype=dtype).numpy().dtype.type
