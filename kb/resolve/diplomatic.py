"""What belongs into the record: who makes a meeting of diplomacy, who travels on business."""

from __future__ import annotations

from functools import cache

from kb.extract import conversation
from kb.extract.events import Told
from kb.extract.partners import LEADING
from kb.lexicon import meeting_verbs, words
from kb.resolve.entities import Entity
from kb.resolve.merge import Event

_OF_SEVERAL = frozenset(
    {"verb:discuss", "verb:accompany", "verb:join"}
)  # states: else it is one's own party
_MEETS_ALONE = frozenset({"verb:meet", "verb:gather", "noun:meeting", "noun:summit", "noun:talks"})


@cache
def _tellings() -> frozenset[str]:
    """The rules of verbs by which one official tells another something."""
    frames = meeting_verbs().values()
    return frozenset(f"verb:{f.lemma}" for f in frames if f.sense in ("tell", "press"))


def diplomatic(who: list[Entity], told: Told) -> bool:
    """Whether the participants make a meeting of the record: two at least, or one plural group
    that meets; an office, a state or a known body among them: sport and trade are out."""
    if len(who) < 2:
        if not who or who[0].type != "group" or told.rule not in _MEETS_ALONE:
            return False
        if told.sides[0].office_kind in LEADING and not _anybody(who[0]):
            return True
        return who[0].country is not None and told.rule != "verb:gather"
    if told.rule == conversation.RULE:
        heads = [e for e in who if e.office_kind in LEADING]
        return len(heads) == len(who) and len({e.country for e in who} - {None}) == len(who)
    if told.rule in _OF_SEVERAL and len({e.country for e in who} - {None}) < 2:
        return False  # one side alone
    if told.rule in _tellings():
        officials = all(e.office or e.office_kind for e in who)
        return officials and len({e.country for e in who} - {None}) == len(who)
    known = [e for e in who if e.type != "person" or e.country or e.office or e.wikidata]
    if len(known) < len(who) and all(e.type == "state" for e in known):
        return False  # a club of a capital meets another
    return any(_on_record(e) for e in who) or told.sides[0].office_kind in LEADING


def _on_record(entity: Entity) -> bool:
    """Whether somebody is a state, or acts for one."""
    if entity.type in ("state", "role") or entity.known is not None:
        return True
    if entity.type == "group" and entity.country:
        return True
    return bool(entity.office or entity.office_kind or entity.wikidata)


def unplaced(event: Event) -> bool:
    """Whether somebody met nobody but "leaders", of whom nothing more is told."""
    return len(event.who) > 1 and sum(not _anybody(e) for e in event.who) < 2


def _anybody(entity: Entity) -> bool:
    """Whether a group is "leaders" and no more."""
    return entity.type == "group" and entity.country is None and entity.name.lower() == "leaders"


def audience(entity: Entity) -> bool:
    """Whether somebody only listens: an interview is no meeting."""
    heard = entity.name.lower().split()[-1] in words("speech", "audience", "words")
    return entity.type == "group" and heard


def official(group: Entity) -> bool:
    """Whether unnamed people travel on official business: no tourists, teams or troops."""
    named = set(group.name.lower().split())
    if named & words("visits", "official", "private"):
        return False
    return bool(named & words("visits", "official", "visitors"))
