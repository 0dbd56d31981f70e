"""Finding dates in English news: which words are one, and what they are made of.

A quick search marks the words that dates are built around (a month, a weekday, a year, "week",
"yesterday"); the patterns of each are then tried near it only. Of candidates that overlap the
longest wins. The words are in ``data/dates.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import capwords
from typing import Literal, get_args

from kb.language.date_readings import accept, word_after, word_before
from kb.language.date_words import cased, either, table, word_set

Kind = Literal[
    "iso", "day", "span", "span2", "dayonly", "weekday", "weekdays", "month", "modmonth",
    "monthonly", "months", "year", "years", "decade", "season", "relative", "contextual", "ago",
    "in", "week", "weekend", "endof", "vague",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date as told: character offsets in the text searched, the rule that read it, its parts.

    ``has_prep`` is the preposition before it, lower case. ``attributive`` tells that it modifies a
    noun that follows ("the September 3 summit", "Monday's meeting"), ``possessive`` that it does so
    with an apostrophe.
    """

    start: int
    end: int
    text: str
    kind: Kind
    parts: tuple[tuple[str, str], ...]
    has_prep: str | None = None
    attributive: bool = False
    possessive: bool = False

    def get(self, name: str) -> str:
        """A part in lower case (``mon``, ``d``, ``y``, ``w``, ``mod``, ``n``, ``u`` ...), or ''."""
        return dict(self.parts).get(name, "").lower()


@dataclass(frozen=True, slots=True)
class _Rule:
    """A pattern, and how many characters before its trigger word it may begin."""

    kind: Kind
    pattern: re.Pattern[str]
    before: int


_AHEAD = 60
"""No date goes on for more characters than this after the word that gives it away."""


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, tuple[_Rule, ...]]]:
    """The search for trigger words, and the rules by the kind of trigger."""
    t = table()
    months = [w for names in t["months"] for w in names]
    full = [w for names in t["weekdays"] for w in names if len(w) > 3]
    short = [w for names in t["weekdays"] for w in names]
    units = [u + s for u in [*t["units"], "weekend"] for s in ("", "s")]
    relative = [w for w in t["days"] if " " not in w]
    parts_of_day = [w for w in t["parts_of_day"] if " " not in w]
    seasonal = {*relative, *parts_of_day, *t["seasons"], *t["holidays"]}
    seasonal |= {*map(str.capitalize, seasonal), *map(capwords, seasonal)}
    dotted = [w for w in months if len(w) < 5 and w not in ("may", "june", "july")]
    plain_months = [w for w in months if w not in dotted]
    mon = rf"(?P<mon>{cased(plain_months)}|{cased(dotted)}\.?)(?!\w)(?!-(?-i:[a-z]))"
    mon2 = mon.replace("<mon>", "<mon2>")
    day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w:]|[.,]\d|\spercent)"
    d, d2 = rf"(?P<d>{day})", rf"(?P<d2>{day})"
    more = rf"(?:,\s{day})*"
    year = r"(?P<y>(?:19|20)\d\d)(?!\d|[.,]\d)"
    y = rf"(?:,?\s{year})?"
    y2 = y.replace("<y>", "<y2>")
    season = rf"(?P<s>{either(t['seasons'])})"
    join = r"(?:\s?[-–—/]\s?|,?\s(?:to|and|or|through|thru|until|till)\s)"
    wd = rf"(?P<w>{cased(full)}|{either(w for w in full if len(w) > 5)})"
    any_wd = rf"(?:{cased([*short, 'sun'])}\.?,?\s)"
    edge = r"(?:early|late|mid|end)[- –]?"
    whole = r"(?:the\s)?(?:end|beginning|start|middle|close|first half|second half|rest)\sof\s"
    part = rf"(?:\s(?:{either(t['parts_of_day'])})\b)?"
    count = rf"(?P<n>\d{{1,3}}|{either(t['numbers'])})"
    unit = rf"(?P<u>{either(t['units'])})s?"
    period = r"(?P<u>week|month|year|decade|weekend)"
    steps = either(k for k in t["steps"] if k != "the")
    mod = rf"(?P<mod>{steps}|{either(t['context_steps'])})"
    soon = r"(?:(?P<when>earlier|later|late|early)\s)?"
    calendar = [
        ("span", 0, rf"\b{mon}\s{d}{more}{join}{d2}{y}"),
        ("span2", 0, rf"\b{mon}\s{d}{y}{join}{mon2}\s{d2}{y2}"),
        ("span", 28, rf"\b(?<![.,:]){d}{more}{join}{d2}\s(?:of\s)?{mon}{y}"),
        ("span2", 8, rf"\b(?<![.,:]){d}\s{mon}{y}{join}{d2}\s{mon2}{y2}"),
        ("day", 14, rf"\b(?:(?P<wd>{any_wd})|(?P<mod>last|next|this)\s)?{mon}\s(?:the\s)?{d}{y}"),
        ("day", 24, rf"\b(?:(?P<wd>{any_wd})(?:the\s)?)?(?<![.,:]){d}(?:\sof\s|[\s-]){mon}"
                    rf"(?:(?:-|,?\s){year})?"),
        ("month", 28, rf"\b(?:{edge}|{whole})?{mon}(?:,?\s|\sof\s){year}"),
        ("months", 0, rf"\b{mon}(?:\s{year.replace('<y>', '<y1>')})?{join}{mon2}{y}"),
        ("modmonth", 24, rf"\b(?P<mod>last|next|this|this past|this coming)\s(?:{edge})?{mon}"),
        ("monthonly", 28, rf"\b(?P<edge>{edge}|{whole})?{mon}"),
    ]  # fmt: skip
    weekdays = [
        ("weekdays", 0, rf"\b{wd}(?P<list>(?:,\s(?:{cased(full)}))*){join}"
                        rf"{wd.replace('<w>', '<w2>')}\b{part}"),
        ("weekday", 26, rf"\b(?:{mod}\s)?(?:(?:early|late)\s)?{wd}\b{part}"
                        r"(?:\s(?:of\s)?(?P<week>this|last|next)\sweek\b)?"),
    ]  # fmt: skip
    periods = [
        ("ago", 26, rf"\b{count}\s{unit}\s(?P<way>ago|earlier|later|before(?!\s\w)|from now)\b"),
        ("in", 26, rf"\bin\s{count}\s{unit}\b(?:['’]?\stime\b)?"),
        ("week", 32, rf"\b{soon}{mod}\s{period}\b"),
        ("week", 18, rf"\b(?P<when>earlier|later|late|early)\sin\s(?P<mod>the)\s{period}\b"),
        ("endof", 26, rf"\b{whole}(?P<mod>the|this|next|last)\s(?P<u>week|month|year)\b"),
        ("weekend", 16, r"\b(?:over|at|on|during)\sthe\sweekend\b(?!\sof)"),
        ("vague", 38, r"\b(?:(?:in|over|during|within|for)\s)?(?:the\s)?"
                      r"(?:recent|coming|past|last|next|upcoming)\s"
                      rf"(?:{count}\s{unit}|(?:{either(t['units'])})s)\b"),
        ("contextual", 16, rf"\b(?P<rel>{either(t['context_days'])})\b"
                           r"(?!\s(?:the|a|an|his|her|its|their|that|he|she|they|(?-i:[A-Z])))"),
        ("relative", 24, rf"\b(?P<rel>{either(w for w in t['days'] if ' ' in w)})\b"),
    ]  # fmt: skip
    words = [
        ("relative", 24, rf"\b(?:(?:earlier|later|early|late)\s)?"
                         rf"(?P<rel>{either(t['days'])})\b{part}"),
        ("contextual", 24, rf"\b(?P<rel>{either(t['context_days'])})\b"),
        ("season", 18, rf"\b(?P<mod>this|last|next|this past|this coming)\s{season}\b"),
        ("season", 10, rf"\b(?:{edge})?{season}\s(?:of\s)?{year}"),
        ("day", 0, rf"\b(?P<holiday>{either(t['holidays'])})\b{y}"),
    ]  # fmt: skip
    years = [
        ("iso", 0, rf"(?<![\w/.-]){year}-(?P<m>0[1-9]|1[0-2])-(?P<d>[0-2]\d|3[01])(?![\d-])"),
        ("iso", 6, r"(?<![\w/.-])(?P<a>[0-3]?\d)(?P<sep>[/.])(?P<b>[0-3]?\d)(?P=sep)"
                   r"(?P<y>(?:19|20)\d\d)(?![\d/])"),
        ("years", 0, rf"(?<![\w/.-]){year}(?:\s?[-–—/]\s?|\s(?:to|through|and|until)\s)"
                     rf"{year.replace('<y>', '<y2>')}(?![-/]\d)"),
        ("years", 0, rf"(?<![\w/.-]){year}[-–/](?P<y2>\d\d)(?![\d/-])"),
        ("decade", 8, rf"\b(?:{edge})?(?P<y>(?:19|20)\d0)['’]?s\b"),
        ("year", 24, rf"\b(?P<edge>{edge}|{whole})?{year}(?![-–/]\d)"),
    ]  # fmt: skip
    ordinals = [("dayonly", 0, r"\b(?P<d>[0-3]?\d(?:st|nd|rd|th))\b")]
    triggers = "|".join(
        [
            rf"(?P<R>{either(seasonal)})\b",
            rf"(?P<M>{cased(months)})\b",
            rf"(?P<W>{cased(full)}|{either(w for w in full if len(w) > 5)})\b",
            r"(?P<Y>(?<![\d,])(?:19|20)\d\d)(?:['’]?s)?(?!\d|[.,]\d)",
            r"(?P<D>[0-3]?\d(?:st|nd|rd|th))\b",
            rf"(?P<U>{either([*units, *map(str.capitalize, units)])})\b",
        ]
    )  # fmt: skip
    rules = {"M": calendar, "W": weekdays, "U": periods, "R": words, "Y": years, "D": ordinals}
    compiled = {
        trigger: tuple(_Rule(k, re.compile(p, re.IGNORECASE), b) for k, b, p in rows)  # type: ignore[arg-type]
        for trigger, rows in rules.items()
    }
    return re.compile(rf"\b(?:{triggers})"), compiled


def find(text: str) -> list[DateExpression]:
    """The dates of a text in its order; where readings overlap, the longest."""
    taken: list[tuple[int, int, Kind, re.Match[str]]] = []
    found = sorted(_candidates(text), key=lambda c: c[0] - c[1])
    occupied = bytearray(len(text))
    for candidate in found:
        start, end = candidate[:2]
        if occupied.find(1, start, end) < 0:
            occupied[start:end] = b"\1" * (end - start)
            taken.append(candidate)
    return [_expression(text, *c) for c in sorted(taken, key=lambda c: c[0])]


def _candidates(text: str) -> Iterator[tuple[int, int, Kind, re.Match[str]]]:
    trigger_words, rules = _grammar()
    for trigger in trigger_words.finditer(text):
        at = trigger.start()
        last = min(len(text), trigger.end() + _AHEAD)
        for rule in rules[trigger.lastgroup or ""]:
            if rule.before:
                begin = max(0, at - rule.before)
                matches = rule.pattern.finditer(text, begin, last)
                match = next((m for m in matches if m.start() <= at < m.end()), None)
            else:
                match = rule.pattern.match(text, at, last)
            if match and accept(rule.kind, match, text):
                yield match.start(), match.end(), rule.kind, match


_SUPERLATIVE = re.compile(r"\b(?:first|[a-z]{2,}est|best|most|worst)\b[^.;]*$", re.IGNORECASE)


def _expression(
    text: str, start: int, end: int, kind: Kind, match: re.Match[str]
) -> DateExpression:
    parts = tuple((k, v) for k, v in match.groupdict().items() if v)
    before = word_before(text, start).lower()
    prep = before
    if before in ("the", "about", "around") or before in word_set("determiners"):
        prep = word_before(text, text.rfind(before, 0, start) if before else start).lower()
        if before in ("about", "around") and prep not in word_set("prepositions"):
            prep = before
    if prep == "of" and text[:start].rstrip().lower().removesuffix(" the").endswith("ahead of"):
        prep = "ahead of"
    if kind in ("in", "vague", "weekend"):
        prep = text[start:end].split()[0].lower()
    if kind == "in" and _SUPERLATIVE.search(text, max(0, start - 60), start):
        kind = "vague"  # "the first meeting in four years"
    possessive = bool(re.match(r"['’]s?\s\w", text[end : end + 4]))
    following = word_after(text, end)
    noun = bool(following) and following.lower() not in word_set("function_words")
    governed = before in word_set("determiners") and kind not in ("contextual", "decade")
    event = following.lower() in word_set("event_nouns") and before != "on"
    return DateExpression(
        start, end, text[start:end], kind, parts,
        prep if prep in word_set("prepositions") else None,
        possessive or (noun and (governed or event)), possessive,
    )  # fmt: skip
