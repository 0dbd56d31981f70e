"""What holds for all tests."""

from __future__ import annotations

import os

os.environ["KB_GAZETTEER"] = os.devnull + "/tables"
"""The tables of the package count, whatever `kb gazetteer update` has made on this machine."""
