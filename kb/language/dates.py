"""Dates in English news, resolved against the day of publication; and datelines.

``find`` reads the words, ``resolve`` the calendar: "on Monday" needs a reference day and the
direction of the verb, "in 2014" neither. Weeks resolve to their month only, as a week names no day.
What cannot be told is None, never a guess from the publication date.
"""

from __future__ import annotations

import re
from datetime import date

from kb import edtf
from kb.language.date_arithmetic import (
    DAY,
    WEEK,
    Direction,
    days_of,
    modified_month,
    month_near,
    near_season,
    nearest,
    season,
    shift_month,
    weekend,
)
from kb.language.date_grammar import DateExpression, find
from kb.language.date_words import (
    calendar_words,
    month_number,
    number,
    ordinal,
    plain,
    table,
    weekday_number,
)
from kb.language.datelines import Dateline, dateline

__all__ = [
    "DateExpression",
    "Dateline",
    "calendar_words",
    "dateline",
    "find",
    "lies_ahead",
    "resolve",
]


def resolve(
    expression: DateExpression,
    reference: date | None,
    direction: Direction | None = None,
    context: str | None = None,
) -> str | None:
    """The EDTF date an expression means, None where it cannot be told.

    ``reference`` is the day of publication, ``direction`` where the verb points, ``context`` an
    EDTF date already known nearby ("the next day", "that month"). The 31st of June is None.
    """
    known = context if context is not None and edtf.is_valid(context) else None
    try:
        value = _resolve(expression, reference, direction, known)
    except (ValueError, OverflowError):
        return None
    return value if value is not None and edtf.is_valid(value) else None


def lies_ahead(expression: DateExpression) -> bool:
    """Whether the words alone put a time after the present: "next week", "in the coming days"."""
    steps: dict[str, int] = table()["steps"]
    days: dict[str, int] = table()["days"]
    modifier, relative = plain(expression.get("mod")), plain(expression.get("rel"))
    return steps.get(modifier, 0) > 0 or days.get(relative, 0) > 0


def _resolve(
    e: DateExpression, reference: date | None, direction: Direction | None, context: str | None
) -> str | None:
    """By what the expression needs: nothing, a date told before, or the reference day."""
    get = e.get
    match e.kind:
        case "iso":
            return _numeric(e)
        case "month":
            return f"{get('y')}-{month_number(get('mon')):02d}"
        case "year":
            return get("y")
        case "years":
            first, second = get("y"), get("y2")
            return f"{first}/{first[: 4 - len(second)]}{second}"
        case "decade":
            return f"{get('y')}/{int(get('y')) + 9}"
        case "day" | "span" | "span2" | "dayonly" | "months":
            anchor = reference or (edtf.earliest(context) if context else None)
            if e.kind == "months":
                return _months(e, anchor, direction)
            if e.kind == "dayonly":
                return _day_of_month(int(get("d")[:-2]), anchor, direction, context)
            return _calendar(e, anchor, direction)
        case "season" if get("y"):
            return season(get("s"), int(get("y")))
        case "contextual":
            return _shifted_day(context, table()["context_days"][plain(get("rel"))])
        case "ago" if get("way") not in ("ago", "from now"):
            return _from_context(e, context)
        case "week" | "weekday" if plain(get("mod")) in table()["context_steps"]:
            return _from_context(e, context)
    return None if reference is None else _relative(e, reference, direction)


def _relative(e: DateExpression, reference: date, direction: Direction | None) -> str | None:
    """What is counted from the day of publication."""
    get, step = e.get, table()["steps"].get(plain(e.get("mod")), 0)
    match e.kind:
        case "relative":
            return str(reference + table()["days"][plain(get("rel"))] * DAY)
        case "weekday":
            return str(_nearest_weekday(e, reference, direction))
        case "weekdays":
            return _weekdays(e, reference, direction)
        case "ago":
            return _counted(e, reference, -1 if get("way") == "ago" else 1)
        case "in":  # "the first meeting in four years" looks back, and names no date
            return None if direction == "past" else _counted(e, reference, 1)
        case "weekend":
            return weekend(reference, direction, "")
        case "week" if get("u") == "weekend":
            return weekend(reference, direction, get("mod"))
        case "week" if "past" in get("mod") and "this" not in get("mod") and get("u") != "week":
            return None  # "the past year" is no year of the calendar
        case "week" | "endof":
            return _period(e, step, reference, direction)
        case "modmonth":
            return modified_month(month_number(get("mon")), get("mod"), reference, direction)
        case "monthonly":
            return month_near(month_number(get("mon")), reference, direction)
        case "season":
            return near_season(get("s"), step, reference)
    return None  # "in recent weeks"


_SIDE: dict[str, Direction] = {"last": "past", "next": "future"}


def _numeric(e: DateExpression) -> str | None:
    """2017-02-17 and 17/02/2017; where day and month cannot be told apart, the year."""
    year = int(e.get("y"))
    if e.get("m"):
        return str(date(year, int(e.get("m")), int(e.get("d"))))
    first, second = int(e.get("a")), int(e.get("b"))
    if first > 12 or first == second or e.get("sep") == ".":
        return str(date(year, second, first))
    return str(date(year, first, second)) if second > 12 else str(year)


def _calendar(e: DateExpression, anchor: date | None, direction: Direction | None) -> str | None:
    """A day with its month, or several; the year as told, else the one that fits best."""
    if holiday := plain(e.get("holiday")):
        month, day = table()["holidays"][holiday]
    else:
        month, day = month_number(e.get("mon")), ordinal(e.get("d"))
    month2 = month_number(e.get("mon2") or e.get("mon")) if e.get("d2") else month
    year, year2 = e.get("y"), e.get("y2")
    if year or year2:
        start = date(int(year or year2) - (not year and month2 < month), month, day)
    elif anchor is not None:
        years = range(anchor.year - 1, anchor.year + 2)
        choices = days_of((y, month, day) for y in years)
        if named := re.sub(r"\W", "", e.get("wd")):
            of_week = [d for d in choices if d.strftime("%A").lower().startswith(named[:3])]
            choices = of_week or choices
        if e.get("mod"):
            direction = _SIDE.get(e.get("mod"), direction)
        found = nearest(choices, anchor, direction)
        if found is None:
            return None
        start = found
    else:
        return None
    if not e.get("d2"):
        return str(start)
    end_year = int(year2) if year2 else start.year + (month2 < month)
    end = date(end_year, month2, ordinal(e.get("d2")))
    joined = re.search(r"\d\D* (?:and|or) ", e.text) is not None and "," not in e.text
    if joined and e.has_prep != "between" and end > start + DAY:
        return str(start)[:7]  # the 5th and the 17th: no span, and more than a day
    return f"{start}/{end}" if end > start else None


def _months(e: DateExpression, anchor: date | None, direction: Direction | None) -> str | None:
    """Months from "March to May"; a year that is told belongs to the last one."""
    first, last = month_number(e.get("mon")), month_number(e.get("mon2"))
    if e.get("y"):
        end = int(e.get("y"))
        if told := e.get("y1"):
            return f"{told}-{first:02d}/{end:04d}-{last:02d}"
    elif anchor is not None:
        end = int(month_near(last, anchor, direction)[:4])
    else:
        return None
    return f"{end - (first > last):04d}-{first:02d}/{end:04d}-{last:02d}"


def _day_of_month(
    day: int, anchor: date | None, direction: Direction | None, context: str | None
) -> str | None:
    """A day such as "the 18th", of the month told before, else of the one that fits best."""
    if context and len(context) == 7:
        return str(date(int(context[:4]), int(context[5:]), day))
    if context and edtf.precision(context) in ("day", "interval"):
        anchor, direction = edtf.earliest(context), None
    if anchor is None:
        return None
    near = [shift_month(anchor, by) for by in (-2, -1, 0, 1, 2)]
    choices = days_of((int(m[:4]), int(m[5:]), day) for m in near)
    found = nearest(choices, anchor, direction)
    return str(found) if found else None


def _nearest_weekday(e: DateExpression, reference: date, direction: Direction | None) -> date:
    weekday, modifier = weekday_number(e.get("w")), plain(e.get("mod"))
    if e.get("week"):
        monday = reference - reference.weekday() * DAY
        weeks: int = table()["steps"][e.get("week")]
        return monday + weeks * WEEK + weekday * DAY
    back = (reference.weekday() - weekday) % 7
    step = table()["steps"].get(modifier, 0)
    if step < 0:
        return reference - (back or 7) * DAY
    if step > 0:
        return reference + (7 - back) * DAY
    ahead = direction == "future" or (modifier == "this" and direction is None)
    return reference + (7 - back) * DAY if ahead and back else reference - back * DAY


def _weekdays(e: DateExpression, reference: date, direction: Direction | None) -> str:
    """A span of weekdays; it may be under way, but two days joined by "and" are not."""
    start = _nearest_weekday(e, reference, direction)
    gap = (weekday_number(e.get("w2")) - start.weekday()) % 7 * DAY
    joined = re.search(r"\s(?:and|or)\s", e.text) is not None
    over = joined and direction != "future" and start + gap > reference
    if over or (direction == "past" and start + gap > reference + DAY):
        start -= WEEK
    return f"{start}/{start + gap}"


def _counted(e: DateExpression, start: date, sign: int) -> str | None:
    """Some units away from a day: days to the day, weeks and months to the month, else the year."""
    count, unit = sign * number(e.get("n")), e.get("u")
    if count == 0:
        return None
    if unit == "day":
        return str(start + count * DAY)
    if unit in ("week", "fortnight"):
        return str(start + count * (2 if unit == "fortnight" else 1) * WEEK)[:7]
    if unit == "month":
        return shift_month(start, count)
    return f"{start.year + count * (10 if unit == 'decade' else 1):04d}"


def _period(e: DateExpression, step: int, start: date, direction: Direction | None) -> str | None:
    """A week, a month or a year so many steps away; of a week the month of most of its days."""
    match e.get("u"):
        case "week":
            monday = start - start.weekday() * DAY + step * WEEK
            days = [monday + n * DAY for n in range(7)]
            if step == 0 and (e.get("when") == "earlier" or direction == "past"):
                days = [d for d in days if d <= start]
            elif step == 0 and (e.get("when") == "later" or direction == "future"):
                days = [d for d in days if d >= start]
            months = [str(d)[:7] for d in days]
            return max(months, key=months.count)
        case "month":
            return shift_month(start, step)
        case "year":
            return f"{start.year + step:04d}"
    return None


def _shifted_day(context: str | None, by: int) -> str | None:
    if context is None or edtf.precision(context) not in ("day", "interval"):
        return None
    if edtf.precision(context) == "interval" and ("/" not in context or len(context) != 21):
        return None
    day = edtf.latest(context) if by > 0 else edtf.earliest(context)
    return context if by == 0 else str(day + by * DAY)


def _from_context(e: DateExpression, context: str | None) -> str | None:
    """Counted from a date told before: "three days earlier", "the following week"."""
    if context is None:
        return None
    step = table()["context_steps"].get(plain(e.get("mod")), 0)
    sign = -1 if e.get("way") in ("earlier", "before") else 1
    forward = sign > 0 if e.kind == "ago" else step > 0
    start = edtf.latest(context) if forward else edtf.earliest(context)
    unit = "day" if e.kind == "weekday" else e.get("u")
    known = "day" if len(context) in (10, 21) else "month" if len(context) in (7, 15) else "year"
    coarse = {"day": 0, "week": 1, "fortnight": 1, "weekend": 1, "month": 2, "year": 3, "decade": 3}
    if coarse[unit] < {"day": 0, "month": 2, "year": 3}[known]:
        return None
    if e.kind == "ago":
        return _counted(e, start, sign)
    if e.kind == "weekday":
        back = (start.weekday() - weekday_number(e.get("w"))) % 7
        if step == 0:
            return str(start - start.weekday() * DAY + weekday_number(e.get("w")) * DAY)
        return str(start + (7 - back) * DAY if step > 0 else start - (back or 7) * DAY)
    if unit == "weekend":
        saturday = start + (5 - start.weekday()) % 7 * DAY + (step < 0) * -WEEK
        return f"{saturday}/{saturday + DAY}"
    return _period(e, step, start, None)
