"""The settings of production, on a machine whose clock is off by the seconds that the file CHAOS_CLOCK holds.

Only the clock on the wall steps, as it does when somebody sets it; the one that measures durations does not.
"""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.utils import timezone

from site_project.settings.production import *

_CLOCK = Path(os.environ["CHAOS_CLOCK"])
_true_time, _true_now = time.time, timezone.now


def _seconds_off() -> float:
    return float(_CLOCK.read_text())


def _time() -> float:
    return _true_time() + _seconds_off()


def _now() -> datetime:
    return _true_now() + timedelta(seconds=_seconds_off())


time.time, timezone.now = _time, _now
