"""Which reports tell of one event, and how it stands: pure functions of the reports.

Three steps: reports of the same actors by day (``clusters``), vaguer accounts to the more exact one
(``joins``), what people have judged; then the event and its standing (``standing``). A store does
the same step by step for what an addition or a removal touches (``kb.update.events``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from kb.derive.clusters import block_key, clusters_of
from kb.derive.joins import Account, actors_of, join, join_keys, joins
from kb.derive.standing import event_of
from kb.judgements import Judged
from kb.reports import Event, Report

__all__ = [
    "Account", "accounts_of", "block_key", "events_of", "join_keys", "joins", "settle",
]  # fmt: skip


def accounts_of(block: Iterable[Report]) -> list[Account]:
    """The accounts that the reports of one block come to."""
    return [Account(tuple(cluster)) for cluster in clusters_of(block)]


def settle(accounts: Sequence[Account], judged: Judged) -> list[Event]:
    """The events of some accounts, sorted; the accounts are all that could join any of them, or
    are tied to one by a judgement."""
    groups = [[r.iri for a in group for r in a.reports] for group in join(accounts)]
    of = {report.iri: account for account in accounts for report in account.reports}
    reports = {report.iri: report for account in accounts for report in account.reports}
    events = []
    for members in judged.arrange(groups):
        parts: dict[str, list[Report]] = defaultdict(list)
        for member in members:
            parts[of[member].hash].append(reports[member])
        told = [Account(tuple(sorted(part, key=lambda r: r.hash))) for part in parts.values()]
        events.append(event_of([reports[member] for member in members], actors_of(told)))
    return sorted(events, key=lambda event: event.hash)


def events_of(reports: Iterable[Report], judged: Judged | None = None) -> list[Event]:
    """The events of all reports, sorted; their order does not show."""
    blocks: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        blocks[block_key(report)].append(report)
    accounts = [account for block in blocks.values() for account in accounts_of(block)]
    return settle(accounts, judged or Judged())
