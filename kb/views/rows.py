"""Answers as rows: plain dictionaries in a list, which a DataFrame can be made of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas

Row = dict[str, Any]
"""One row: text, whole numbers, truth values; for events also their actors and reports."""

Kind = Literal["meetings", "visits", "statements", ""]


class Rows(list[Row]):
    """The rows of an answer: a list of dictionaries, as JSON has them.

    ``columns`` are the keys that rows can have, also where there are none; ``days`` those whose
    values are days (``2018-06-12``).

    >>> kb.who_met("Trump", "Kim Jong Un")[0]["date"]
    '2018-06-12'
    """

    def __init__(
        self,
        rows: Iterable[Row] = (),
        *,
        kind: Kind = "",
        columns: Iterable[str] = (),
        days: Iterable[str] = (),
    ) -> None:
        super().__init__(rows)
        self.kind: Kind = kind
        self.columns = tuple(dict.fromkeys([*columns, *(key for row in self for key in row)]))
        self.days = frozenset(days)

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a DataFrame, one row for each event; the columns are there without rows, too.

        Meetings, visits and statements have

        - ``meeting``, ``visit`` or ``statement``: the IRI;
        - ``date`` as told (EDTF: ``2018``, ``2018-06``, ``2018-06-12``, ``2018-06-10/2018-06-12``),
          ``earliest`` and ``latest``, the first and last day it can mean (``datetime64``; ``NaT``
          where no date is known), and ``precision``: ``day``, ``month``, ``year`` or ``interval``;
        - ``participants``, ``addressees``: lists of names. Beside them, in the same order,
          ``participant_iris``, ``participant_types``, ``participant_countries``; likewise for
          addressees. :meth:`pandas.DataFrame.explode` takes them together;
        - ``visitor``, ``speaker``: a name. Beside it ``visitor_iri``, ``visitor_type``,
          ``visitor_country``; likewise for speakers;
        - ``status``, ``medium``, ``place``, ``country`` (ISO 3166-1), ``text``, ``quote``, where
          they apply;
        - ``articles`` and ``sources``: how many tell of it; ``first_reported``: the day of
          publication of the first;
        - ``outlets`` and ``evidence``: lists, one item for each report: who published it, and the
          passage that says so.

        Other rows have the columns of their query; days are ``datetime64``.

        Raises ``KBError`` where pandas is not installed (``pip install 'diplomatic-kb[pandas]'``).

        >>> meetings = kb.who_met("Kim Jong Un").to_pandas()
        >>> meetings[["date", "participants", "country"]].head(1)
                 date                participants country
        0  2018-04-27  [Kim Jong-un, Moon Jae-in]      KR
        >>> meetings.explode("participants")["participants"].value_counts()["Kim Jong-un"]
        np.int64(3)
        """
        from kb.views.frames import frame

        return frame(self)
