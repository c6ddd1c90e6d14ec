"""What holds of a rule over time: a small exhaustive model of one pair of records."""

from __future__ import annotations
