"""A progress bar for commands that take long: one line, drawn again a few times a second."""

import time
from collections.abc import Callable

_WIDTH = 30
#: Seconds between two drawings.
_PAUSE = 0.25


class ProgressBar:
    """How far a count has come and how long the rest will take. Says nothing unless it is ``shown``.

    ``write`` takes text to where people look and output does not go: standard error.
    """

    def __init__(
        self,
        write: Callable[[str], object],
        total: int,
        *,
        shown: bool,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.write, self.total, self.shown, self.now = write, total, shown, now
        self.began, self.drawn, self.done = now(), float("-inf"), 0

    def advance(self, by: int = 1) -> None:
        """Count ``by`` more, and draw if it is time to."""
        self.done += by
        if self.shown and self.now() - self.drawn >= _PAUSE:
            self._draw()

    def close(self) -> None:
        """Draw the last state and leave the line."""
        if self.shown:
            self._draw()
            self.write("\n")

    def _draw(self) -> None:
        self.drawn = self.now()
        share = min(self.done / self.total, 1) if self.total else 1
        full = int(share * _WIDTH)
        bar = "#" * full + "." * (_WIDTH - full)
        self.write(f"\r[{bar}] {share:4.0%}  {self.done} of {self.total}  {self._left()}   ")

    def _left(self) -> str:
        passed = self.drawn - self.began
        if not self.done or self.done >= self.total:
            return f"{passed:.0f} s"
        return f"{passed * (self.total - self.done) / self.done:.0f} s left"
