"""``python -m fuzz --minutes 60``: fuzz every target for its share of the time.

With atheris, where it is installed, the inputs are led by what code they reach; else hypothesis
makes them at random. What is found is told once for each place in the code, the input that shows it
is kept in ``--findings``, and ``python -m fuzz --show FILE`` tries one again. Ends with 1 where
anything was found.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

ENGINES = ("atheris", "hypothesis")
SHARES = {"read": 6, "extract": 6, "any-text": 3, "store": 2, "mask": 1, "guard": 1, "import": 2}


class Findings:
    """What has gone wrong, once for each place in the code; kept in a folder."""

    def __init__(self, folder: Path, target: str) -> None:
        self.folder, self.target = folder, target
        self.places: set[str] = set()
        self.tried = 0

    def attempt(self, data: bytes) -> None:
        from fuzz.targets import run

        self.tried += 1
        try:
            run(self.target, data)
        except Exception as error:
            self.note(error, data)

    def note(self, error: Exception, data: bytes) -> None:
        cause = error.__cause__ or error
        frames = traceback.extract_tb(cause.__traceback__)
        own = [f for f in frames if "/kb/" in f.filename] or list(frames)
        place = f"{type(cause).__name__} {Path(own[-1].filename).name}:{own[-1].name}"
        if place in self.places:
            return
        self.places.add(place)
        name = f"{self.target}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data)
        told = "".join(traceback.format_exception(cause))
        (self.folder / f"{name}.txt").write_text(told, encoding="utf-8")
        print(f"{self.target}: {place}: {str(cause)[:150]!r} ({name})", flush=True)


def with_hypothesis(findings: Findings, seconds: float) -> None:
    from hypothesis import HealthCheck, given, settings
    from hypothesis import strategies as st

    from fuzz.mutation import changed, mutated
    from fuzz.seeds import seeds

    until = time.monotonic() + seconds
    known = seeds(findings.target)

    @settings(
        max_examples=200, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(st.sampled_from(known), mutated(), st.binary(max_size=400))
    def attempt(seed: bytes, change: bytes, noise: bytes) -> None:
        if time.monotonic() < until:
            findings.attempt(changed(seed, change) if change else noise)

    while time.monotonic() < until:
        attempt()


def with_atheris(findings: Findings, seconds: float) -> None:
    """Does not come back: libFuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["kb"]):
        from fuzz import targets  # noqa: F401
    from fuzz.seeds import seeds

    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds(findings.target)):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
        longest = 4000 if findings.target in ("read", "import", "any-text", "mask") else 400
        options = [f"-max_total_time={int(seconds)}", f"-max_len={longest}", "-verbosity=0",
                   "-rss_limit_mb=4000", "-timeout=3000", "-print_final_stats=1"]  # fmt: skip
        atheris.Setup([sys.argv[0], *options, corpus], findings.attempt)
        atheris.Fuzz()


def engine() -> str:
    try:
        import atheris  # noqa: F401
    except ImportError:
        return "hypothesis"
    return "atheris"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m fuzz")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--engine", choices=ENGINES, default=engine())
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    parser.add_argument("--target", choices=SHARES, help="this one only, in this process")
    parser.add_argument("--show", type=Path, help="an input that was kept, to be tried again")
    given = parser.parse_args()
    if given.show:
        from fuzz.targets import run

        run(given.show.name.rpartition("-")[0], given.show.read_bytes())
        return 0
    if given.target:
        findings = Findings(given.findings, given.target)
        fuzz = with_atheris if given.engine == "atheris" else with_hypothesis
        fuzz(findings, given.minutes * 60)
        print(f"{given.target}: {findings.tried} inputs", flush=True)
        return int(bool(findings.places))
    for target, share in SHARES.items():
        minutes = given.minutes * share / sum(SHARES.values())
        print(f"{target}: {minutes:.1f} minutes with {given.engine}", flush=True)
        command = [sys.executable, "-m", "fuzz", "--target", target, "--minutes", str(minutes),
                   "--engine", given.engine, "--findings", str(given.findings)]  # fmt: skip
        subprocess.run(command, check=False)
    return int(given.findings.is_dir() and any(given.findings.iterdir()))


if __name__ == "__main__":
    sys.exit(main())
