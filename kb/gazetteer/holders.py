"""Office holders from several tables into one: who is whom, and which spells are the same.

Used by ``kb.gazetteer.build`` only. A row is a dict of strings with the columns ``COLUMNS``; dates
are ISO dates of any precision (``2017``, ``2017-02``, ``2017-02-17``), empty where unknown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from kb.names import fold

COLUMNS = (
    "person", "other_names", "person_qid", "iso2", "office", "office_kind", "start", "end", "as_of",
    "source", "confidence",
)  # fmt: skip
RANKS = (
    "head_of_state", "head_of_government", "foreign_minister", "defence_minister", "deputy_head",
    "org_head", "envoy", "other",
)  # fmt: skip
ALONE = frozenset({"head_of_government", "foreign_minister", "defence_minister"})
"""Kinds of office that one person holds once at a time for one state, whatever it is called."""

EITHER_ORDER = frozenset({"CN", "HK", "HU", "JP", "KH", "KP", "KR", "MO", "TW", "VN"})

Row = dict[str, str]


def correct(rows: Iterable[Row], corrections: Iterable[Mapping[str, str]]) -> list[Row]:
    """The rows with wrong cells set right: a correction names person, state, column and the value
    that stands there; the column ``drop`` leaves the person's rows for that state out."""
    wanted: dict[tuple[str, str], list[Mapping[str, str]]] = defaultdict(list)
    for correction in corrections:
        wanted[correction["person"], correction["iso2"]].append(correction)
    out = []
    for row in rows:
        found = wanted.get((row["person"], row["iso2"]), [])
        if any(c["column"] == "drop" for c in found):
            continue
        changed = {c["column"]: c["value"] for c in found if row[c["column"]] == c["was"]}
        out.append({**row, **changed})
    return out


def identify(
    rows: Sequence[Row], aliases: Mapping[str, Sequence[str]], bodies: Collection[str]
) -> list[Row]:
    """The rows with one Wikidata id and one spelling for each person.

    Two rows are about one person where they share a name of two words or more and a state;
    officials of international bodies also across states, where only one person of the table has
    that name. ``aliases`` maps a person's key to names; ``bodies`` are the codes of bodies that are
    no states.
    """
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    everywhere: dict[str, set[str]] = defaultdict(set)
    states: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        qid = row["person_qid"]
        if qid:
            states[qid].add(row["iso2"])
            for name in (*_names(row), *(_plain(n, row["iso2"]) for n in aliases.get(qid, ()))):
                known[name, row["iso2"]].add(qid)
                everywhere[name].add(qid)
    spelled: dict[tuple[str, str], str] = {}
    out = []
    for row in rows:
        new = dict(row)
        if not new["person_qid"]:
            found = set[str]().union(*(known.get((n, row["iso2"]), set()) for n in _names(row)))
            if not found:
                abroad = set[str]().union(*(everywhere.get(n, set()) for n in _names(row)))
                if row["iso2"] in bodies or any(states[q] & set(bodies) for q in abroad):
                    found = abroad
            if len(found) == 1:
                new["person_qid"] = next(iter(found))
            elif not found:
                same = [spelled[n, row["iso2"]] for n in _names(row) if (n, row["iso2"]) in spelled]
                if same and same[0] != row["person"]:
                    new["other_names"] = _joined((row["person"], *_split(row["other_names"])))
                    new["person"] = same[0]
                for name in _names(row):
                    spelled.setdefault((name, row["iso2"]), new["person"])
        out.append(new)
    return out


def merge(rows: Iterable[Row], kept: Iterable[Row]) -> list[Row]:
    """One row for each spell in an office. A hand-kept row replaces the dates of the rows that tell
    of the same spell; other rows join where they overlap and agree on whether it has ended."""
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[_group(row)].append(row)
    for new in kept:
        group = groups[_group(new)]
        told = [r for r in group if same_spell(r, new)]
        for row in told:
            group.remove(row)
        group.append(_restated(told, new) if told else new)
    out: list[Row] = []
    for group in groups.values():
        done: list[Row] = []
        for row in sorted(group, key=lambda r: (r["start"], r["end"])):
            twin = next(
                (d for d in done if bool(d["end"]) == bool(row["end"]) and same_spell(d, row)),
                None,
            )
            if twin is None:
                done.append(row)
            else:
                twin.update(
                    end=max(twin["end"], row["end"]), as_of=max(twin["as_of"], row["as_of"])
                )
                twin["other_names"] = _joined(
                    (*_split(twin["other_names"]), row["person"], *_split(row["other_names"]))
                )
        out += done
    return sorted(out, key=order)


def order(row: Mapping[str, str]) -> tuple[int, str, str, str, str]:
    """High offices first, so that a person's first row is the one he is known for."""
    return RANKS.index(row["office_kind"]), row["iso2"], row["office"], row["start"], row["person"]


def _restated(told: Sequence[Row], new: Row) -> Row:
    first = min(told, key=lambda r: r["start"])
    start, end = first["start"], max(r["end"] for r in told)
    names = [n for r in (*told, new) for n in (r["person"], *_split(r["other_names"]))]
    return {
        **first,
        "other_names": _joined(n for n in names if n != first["person"]),
        "start": start if start.startswith(new["start"]) else new["start"],
        "end": end if new["end"] and end.startswith(new["end"]) else new["end"],
        "as_of": max(first["as_of"], new["as_of"]),
        "source": "memory"
        if first["source"] == "memory"
        else f"{first['source']}; dates from memory",
    }


def same_spell(a: Row, b: Row) -> bool:
    """Whether two rows of a person, a state and a kind of office tell of the same time in it."""
    alike = a["office_kind"] in ALONE or _words(a["office"]) == _words(b["office"])
    if a["office_kind"] == "head_of_state":
        alike = bool(_words(a["office"]) & _words(b["office"]))
    last = "9999"
    overlap = a["start"] < (b["end"] or last) and b["start"] < (a["end"] or last)
    return alike and overlap and bool(a["start"]) == bool(b["start"])


def _words(office: str) -> set[str]:
    return set(fold(office).split()) - {"of", "the", "and", "for", "to"}


def _group(row: Row) -> tuple[str, str, str]:
    return row["person_qid"] or fold(row["person"]), row["iso2"], row["office_kind"]


def _names(row: Row) -> list[str]:
    names = [_plain(n, row["iso2"]) for n in (row["person"], *_split(row["other_names"]))]
    return [n for n in names if " " in n] or names[:1]


def _plain(name: str, iso2: str) -> str:
    """A name for comparison, in one word order where news writes both ("Abe Shinzo"); elsewhere the
    order tells people apart ("Salman bin Abdulaziz", "Abdulaziz bin Salman")."""
    words = fold(name).split()
    return " ".join(sorted(words) if iso2 in EITHER_ORDER else words)


def _split(cell: str) -> list[str]:
    return [p.strip() for p in cell.split(";") if p.strip()]


def _joined(names: Iterable[str]) -> str:
    return ";".join(dict.fromkeys(names))
