"""What holds for all tests."""

from __future__ import annotations

import os

os.environ["KB_GAZETTEER"] = os.devnull + "/tables"
"""The tables of the package count, whatever `kb gazetteer update` has made on this machine."""

os.environ.setdefault("KB_JOBS", "1")
"""One process: others are started where a test is about them."""
