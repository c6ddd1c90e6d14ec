"""What day it is. Nothing else in the program looks at a clock to decide anything."""

from __future__ import annotations

import os
import re
import time

from syncdsl.project.files import Trouble

VARIABLE = "SYNCDSL_TODAY"  # another day, so that a run can be had again as it was


def today() -> str:
    """The day in UTC, as 2027-01-31: the same one for everybody who runs the same check."""
    said = os.environ.get(VARIABLE, "")
    if said and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        raise Trouble(f"{VARIABLE} is `{said}`; a day is written as 2027-01-31")
    return said or time.strftime("%Y-%m-%d", time.gmtime())
