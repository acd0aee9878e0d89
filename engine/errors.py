"""One error type for everything that a person can be told: a message code with its values."""

from __future__ import annotations

from typing import Any

from urbangrain.engine.protocol.messages import MESSAGES, word


class UrbanGrainError(Exception):
    """A problem with a sentence for people.

    Parameters
    ----------
    code : str
        Key of `urbangrain.engine.protocol.messages.MESSAGES`.
    **values
        Values of the template; JSON types only.
    """

    def __init__(self, code: str, **values: Any) -> None:
        if code not in MESSAGES:
            raise KeyError(f"no message has the code {code!r}")
        super().__init__(word(code, values))
        self.code = code
        self.values = values


class JobCancelled(Exception):
    """Raised inside a job when its person asked it to stop."""
