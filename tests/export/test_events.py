"""Event data: what a report tells, and the rows that CAMEO and PLOVER have for it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from itertools import product

import pytest
from building import ACTORS, extraction, judge, meeting, put, statement, visit

from kb import KnowledgeBase
from kb.errors import KBError
from kb.export import CODED, Scheme, export_events
from kb.export.events import TOLD, EventRows, columns
from kb.export.events.actors import _actors, _sectors
from kb.export.events.schemes import SCHEMES, codes
from kb.gazetteer import gazetteer
from kb.gazetteer.tables import many
from kb.gazetteer.tables import rows as table
from kb.model import MEDIA, STATUSES, Actor, Extraction, Meeting, Statement, Visit
from kb.store import Store, memory_store

Row = dict[str, str]


def coded(
    store: Store, scheme: Scheme = "cameo", statuses: tuple[str, ...] = TOLD
) -> tuple[list[Row], EventRows]:
    out = io.BytesIO()
    count = export_events(store, out, scheme, statuses)
    text = out.getvalue().decode()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t")), count


def cells(found: list[Row], *names: str) -> set[str]:
    return {" ".join(row[name] or "-" for name in names) for row in found}


# -- situations -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """What an article tells, and its rows: source, target, code; in PLOVER mode and context."""

    what: str
    event: Meeting | Visit | Statement
    cameo: str = ""
    plover: str = ""


PUTIN_MACRON = ("Putin", "Macron")
CASES = [
    Case(
        "they met, nobody says where",
        meeting(*PUTIN_MACRON),
        "RUSGOV FRAGOV 040 0; FRAGOV RUSGOV 040 0",
        "RUS FRA CONSULT - -; FRA RUS CONSULT - -",
    ),
    Case(
        "talks, nobody says by what means",
        meeting(*PUTIN_MACRON, medium="unknown"),
        "RUSGOV FRAGOV 040 0; FRAGOV RUSGOV 040 0",
        "RUS FRA CONSULT - -; FRA RUS CONSULT - -",
    ),
    Case(
        "a call",
        meeting(*PUTIN_MACRON, medium="phone"),
        "RUSGOV FRAGOV 041 0; FRAGOV RUSGOV 041 0",
        "RUS FRA CONSULT phone -; FRA RUS CONSULT phone -",
    ),
    Case(
        "a video conference is no telephone, but it is remote",
        meeting(*PUTIN_MACRON, medium="video"),
        "RUSGOV FRAGOV 040 0; FRAGOV RUSGOV 040 0",
        "RUS FRA CONSULT phone -; FRA RUS CONSULT phone -",
    ),
    Case(
        "a meeting at home of one side",
        meeting(*PUTIN_MACRON, place="Moscow", country="RU"),
        "FRAGOV RUSGOV 042 1; RUSGOV FRAGOV 043 1",
        "FRA RUS CONSULT visit -",
    ),
    Case(
        "a meeting in a third country",
        meeting(*PUTIN_MACRON, place="Geneva", country="CH"),
        "FRAGOV RUSGOV 044 0; RUSGOV FRAGOV 044 0",
        "FRA RUS CONSULT third-party -; RUS FRA CONSULT third-party -",
    ),
    Case(
        "two of one state meet abroad",
        meeting("Putin", "Lavrov", place="Geneva", country="CH"),
        "RUSGOV RUSGOV 040 0",
        "RUS RUS CONSULT - -",
    ),
    Case(
        "a body has its seat somewhere: it neither visits nor hosts",
        meeting("UN", "Macron", place="Paris", country="FR"),
        "IGOUNO FRAGOV 040 0; FRAGOV IGOUNO 040 0",
        "IGO FRA CONSULT - -; FRA IGO CONSULT - -",
    ),
    Case(
        "three meet at home of one of them",
        meeting("Putin", "Macron", "France", country="FR"),
        "RUSGOV FRAGOV 042 1; FRAGOV RUSGOV 043 1; RUSGOV FRA 042 1; FRA RUSGOV 043 1; "
        "FRA FRAGOV 040 0; FRAGOV FRA 040 0",
        "RUS FRA CONSULT visit -; FRA FRA CONSULT - -",
    ),
    Case(
        "a plan is an intent, never a meeting",
        meeting(*PUTIN_MACRON, status="planned", country="RU"),
        "RUSGOV FRAGOV 036 0; FRAGOV RUSGOV 036 0",
        "RUS FRA AGREE - diplomatic; FRA RUS AGREE - diplomatic",
    ),
    Case(
        "so is a call that lies ahead",
        meeting(*PUTIN_MACRON, status="planned", medium="phone"),
        "RUSGOV FRAGOV 036 0; FRAGOV RUSGOV 036 0",
        "RUS FRA AGREE - diplomatic; FRA RUS AGREE - diplomatic",
    ),
    Case(
        "and a proposal",
        meeting(*PUTIN_MACRON, status="proposed"),
        "RUSGOV FRAGOV 036 0; FRAGOV RUSGOV 036 0",
        "RUS FRA AGREE - diplomatic; FRA RUS AGREE - diplomatic",
    ),
    Case("a denial is no event", meeting(*PUTIN_MACRON, status="denied")),
    Case("who cancelled is not told", meeting(*PUTIN_MACRON, status="cancelled")),
    Case(
        "a visit",
        visit("Macron", "RU", "Moscow"),
        "FRAGOV RUS 042 1; RUS FRAGOV 043 1",
        "FRA RUS CONSULT visit -",
    ),
    Case(
        "a visit that lies ahead",
        visit("Macron", "RU", status="planned"),
        "FRAGOV RUS 036 1",
        "FRA RUS AGREE - diplomatic",
    ),
    Case(
        "a visit that is proposed",
        visit("Macron", "RU", status="proposed"),
        "FRAGOV RUS 036 1",
        "FRA RUS AGREE - diplomatic",
    ),
    Case("a visit that is denied", visit("Macron", "RU", status="denied")),
    Case("a visit that is cancelled", visit("Macron", "RU", status="cancelled")),
    Case("a visit to no country that is told", visit("Macron", None, "Springfield")),
    Case("a visit at home", visit("Macron", "FR", "Lyon")),
    Case(
        "words to somebody; PLOVER has no code for words",
        statement("Putin", "Talks will go on", "Macron"),
        "RUSGOV FRAGOV 010 1",
    ),
    Case(
        "words to two",
        statement("Putin", "Talks will go on", "Macron", "UN"),
        "RUSGOV FRAGOV 010 1; RUSGOV IGOUNO 010 1",
    ),
    Case("words to nobody", statement("Putin", "Talks will go on")),
]
CANCELLED = [
    Case(
        "either side may have cancelled",
        meeting(*PUTIN_MACRON, status="cancelled"),
        "RUSGOV FRAGOV 125 0; FRAGOV RUSGOV 125 0",
        "RUS FRA REJECT meet diplomatic; FRA RUS REJECT meet diplomatic",
    ),
    Case(
        "a visit, too",
        visit("Macron", "RU", status="cancelled"),
        "FRAGOV RUS 125 0; RUS FRAGOV 125 0",
        "FRA RUS REJECT meet diplomatic; RUS FRA REJECT meet diplomatic",
    ),
    Case("nothing is left of a denial", meeting(*PUTIN_MACRON, status="denied")),
]


def rows_of(case: Case, statuses: tuple[str, ...]) -> tuple[str, set[str], set[str]]:
    store = put(memory_store(), extraction("one", case.event))
    cameo, told = coded(store, "cameo", statuses)
    plover, _ = coded(store, "plover", statuses)
    assert told.rows == len(cameo)
    assert told.left_out.total() == (0 if cameo else 1)  # a row, or a reason
    return (
        case.what,
        cells(cameo, "source", "target", "code", "directed"),
        cells(plover, "source", "target", "code", "mode", "context"),
    )


def wanted(case: Case) -> tuple[str, set[str], set[str]]:
    return (
        case.what,
        set(filter(None, case.cameo.split("; "))),
        set(filter(None, case.plover.split("; "))),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_situation(case: Case) -> None:
    assert rows_of(case, TOLD) == wanted(case)


@pytest.mark.parametrize("case", CANCELLED, ids=lambda case: case.what)
def test_a_situation_that_is_asked_for(case: Case) -> None:
    assert rows_of(case, CODED) == wanted(case)


def test_nothing_but_a_meeting_that_was_held_is_a_consultation() -> None:
    for status, medium in product(STATUSES, MEDIA):
        event = meeting(*PUTIN_MACRON, status=status, medium=medium, country="RU")
        store = put(memory_store(), extraction("one", event))
        for scheme in SCHEMES:
            found, _ = coded(store, scheme, CODED)
            consulted = {row["code"][:2] == "04" or row["code"] == "CONSULT" for row in found}
            assert (True in consulted) == (status == "held"), (status, medium, scheme)


# -- who it is ------------------------------------------------------------------------------------

MACRON = ACTORS["Macron"]


def who(actor: Actor, published: str | None = "2024-05-20") -> Extraction:
    told = extraction("one", meeting("Macron", "Putin"), published=published)
    met = Meeting((MACRON.id, actor.id), "held", "phone", told.meetings[0].evidence)
    return replace(told, actors=(MACRON, actor), meetings=(met,))


def person(name: str, country: str | None, office: str | None, qid: str | None = None) -> Actor:
    return Actor("x", "person", name, country=country, office=office, wikidata=qid)


def body(name: str, country: str | None = None) -> Actor:
    return Actor("x", "organization", name, country=country)


@pytest.mark.parametrize(
    ("actor", "cameo", "plover"),
    [  # code, country, sector
        (person("Ann Lee", "KE", "foreign minister"), "KENGOV KEN GOV", "KEN KEN GOV"),
        (person("Ann Lee", "KE", "defense minister"), "KENGOVMIL KEN GOVMIL", "KEN KEN GOV"),
        (person("Ann Lee", "US", "senator"), "USALEG USA LEG", "USA USA LEG"),
        (person("Ann Lee", "PK", "army chief"), "PAKMIL PAK MIL", "PAK PAK MIL"),
        (person("Ann Lee", "SL", "rebel leader"), "SLEREB SLE REB", "SLE SLE REB"),
        (person("Ann Lee", "TR", "opposition leader"), "TUROPP TUR OPP", "TUR TUR OPP"),
        (person("Ann Lee", "US", "former president"), "USAELI USA ELI", "USA USA ELI"),
        (person("Ann Lee", "GB", "spokesman"), "GBR GBR -", "GBR GBR -"),
        (person("Ann Lee", "GB", None), "GBR GBR -", "GBR GBR -"),
        (person("Ann Lee", None, "foreign minister"), "- - GOV", "- - GOV"),
        (person("Ann Lee", None, "UN special envoy"), "IGOUNO - IGO", "IGO - IGO"),
        (person("Ann Lee", "EU", "commissioner"), "IGOEEC - IGO", "IGO - IGO"),
        (person("Vladimir Putin", "RU", None, "Q7747"), "RUSGOV RUS GOV", "RUS RUS GOV"),
        (person("António Guterres", "PT", None, "Q311440"), "IGOUNO - IGO", "IGO - IGO"),
        (Actor("x", "role", "foreign minister of Chad", country="TD", office="foreign minister"),
         "TCDGOV TCD GOV", "TCD TCD GOV"),
        (Actor("x", "role", "chief of United Nations", office="chief"),
         "IGOUNO - IGO", "IGO - IGO"),
        (Actor("x", "group", "senior officials", country="US"), "USAGOV USA GOV", "USA USA GOV"),
        (Actor("x", "group", "Israeli media", country="IL"), "ISRMED ISR MED", "ISR ISR JRN"),
        (Actor("x", "group", "dancers", country="IL"), "ISR ISR -", "ISR ISR -"),
        (Actor("x", "state", "Kosovo", country="XK"), "KSV KSV -", "XKX XKX -"),
        (Actor("x", "state", "European Union", country="EU"), "IGOEEC - IGO", "IGO - IGO"),
        (body("NATO"), "IGONAT - IGO", "IGO - IGO"),
        (body("Mercosur"), "IGO - IGO", "IGO - IGO"),
        (body("Amnesty International"), "NGOAMN - NGO", "NGO - NGO"),
        (body("Hamas", "PS"), "PSEREBHMS PSE REB", "PSE PSE REB"),
        (body("Houthis", "YE"), "YEMUAF YEM UAF", "YEM YEM UAF"),
        (body("Israel Defense Forces", "IL"), "ISRMIL ISR MIL", "ISR ISR MIL"),
        (body("US State Department", "US"), "USAGOV USA GOV", "USA USA GOV"),
        (body("Central Intelligence Agency", "US"), "USASPY USA SPY", "USA USA SPY"),
        (body("Xinhua News Agency", "CN"), "CHNMED CHN MED", "CHN CHN JRN"),
        (body("General Motors", "US"), "USABUS USA BUS", "USA USA BUS"),
        (body("Kuomintang", "TW"), "TWNPTY TWN PTY", "TWN TWN PTY"),
        (body("Society of Nobody", "KE"), "KEN KEN -", "KEN KEN -"),
        (body("Society of Nobody"), "- - -", "- - -"),
    ],
    ids=lambda value: value.name + (value.office or "") if isinstance(value, Actor) else None,
)  # fmt: skip
def test_an_actor(actor: Actor, cameo: str, plover: str) -> None:
    store = put(memory_store(), who(actor))
    for scheme, expected in (("cameo", cameo), ("plover", plover)):
        found, _ = coded(store, scheme)  # type: ignore[arg-type]
        told = [row for row in found if row["target_name"] == MACRON.name]
        assert cells(told, "source", "source_country", "source_sector") == {expected}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("1999-06-01", "PRTGOV"),
        ("2003-06-01", "PRT"),
        ("2010-06-01", "IGOUNOHCR"),
        ("2022-06-01", "IGOUNO"),
        (None, "PRT"),
    ],
)
def test_the_office_of_the_day_counts(day: str | None, code: str) -> None:
    """Prime minister of Portugal once, high commissioner, then head of the United Nations."""
    guterres = person("António Guterres", "PT", None, "Q311440")
    found, _ = coded(put(memory_store(), who(guterres, day)))
    assert code in {row["source"] for row in found}


def test_without_a_day_the_head_of_a_body_acts_for_it() -> None:
    guterres = person("António Guterres", "PT", "secretary-general", "Q311440")
    found, _ = coded(put(memory_store(), who(guterres, None)))
    assert "IGOUNO" in {row["source"] for row in found}


def test_an_ambassador_may_live_where_he_meets() -> None:
    told = extraction("one", meeting("Macron", "Doe", country="FR"))
    envoy = replace(ACTORS["Doe"], office="ambassador")
    found, _ = coded(put(memory_store(), replace(told, actors=(MACRON, envoy))))
    assert cells(found, "source", "target", "code") == {"FRAGOV KENGOV 040", "KENGOV FRAGOV 040"}


# -- rows -----------------------------------------------------------------------------------------


def test_the_cells_of_a_row() -> None:
    event = meeting("Putin", "Macron", on="2022-02-07", place="Moscow", country="RU")
    told = extraction("wire", event, published="2022-02-08")
    [row] = [r for r in coded(put(memory_store(), told))[0] if r["source"] == "FRAGOV"]
    assert tuple(row) == columns("cameo")
    ids = {name: row.pop(name).rpartition("/id/")[2] for name in list(row) if name.endswith("_id")}
    assert ids["source_id"] == "person/Q3052772"
    assert ids["target_id"] == "person/Q7747"
    assert ids["event_id"].removeprefix("meeting/") == ids["report_id"].removeprefix("report/")
    assert row == {
        "date": "2022-02-07",
        "source": "FRAGOV",
        "target": "RUSGOV",
        "code": "042",
        "label": "Make a visit",
        "source_name": "Emmanuel Macron",
        "source_country": "FRA",
        "source_sector": "GOV",
        "target_name": "Vladimir Putin",
        "target_country": "RUS",
        "target_sector": "GOV",
        "kind": "meeting",
        "status": "held",
        "directed": "1",
        "medium": "in-person",
        "place": "Moscow",
        "country": "RUS",
        "earliest": "2022-02-07",
        "latest": "2022-02-07",
        "published": "2022-02-08",
        "outlet": "Gazette",
        "article": "source:Gazette/wire",
        "event_status": "held",
    }


@pytest.mark.parametrize(
    ("on", "days"), [(None, ("", "", "")), ("2022-02", ("2022-02", "2022-02-01", "2022-02-28"))]
)
def test_a_date_is_as_vague_as_it_is_told(on: str | None, days: tuple[str, str, str]) -> None:
    store = put(memory_store(), extraction("one", meeting(*PUTIN_MACRON, on=on)))
    for row in coded(store)[0]:
        assert (row["date"], row["earliest"], row["latest"]) == days
        assert row["published"] == "2024-05-20"


def test_every_report_of_an_event_has_its_rows() -> None:
    held = meeting(*PUTIN_MACRON, on="2024-05-18")
    plan = meeting(*PUTIN_MACRON, on="2024-05-18", status="planned")
    told = (
        extraction("before", plan, published="2024-05-15"),
        extraction("after", held, source="Times"),
        extraction("again", held, source="Herald", text="Another text."),
    )
    found, _ = coded(put(memory_store(), *told))
    assert len({row["event_id"] for row in found}) == 1
    assert cells(found, "outlet", "code", "status", "event_status") == {
        "Gazette 036 planned held",
        "Times 040 held held",
        "Herald 040 held held",
    }


def test_two_who_are_judged_one_are_one_side() -> None:
    store = put(memory_store(), extraction("one", meeting("Doe", "Namesake", "Putin")))
    assert len(coded(store)[0]) == 6
    judge(store, "Doe", "same", "Namesake")
    assert len(coded(store)[0]) == 2


def test_what_gave_no_row_is_counted_by_reason() -> None:
    told = extraction(
        "one",
        meeting(*PUTIN_MACRON, status="denied"),
        meeting(*PUTIN_MACRON, status="cancelled"),
        visit("Macron", None, "Springfield"),
        visit("Macron", "FR"),
        statement("Putin", "Talks will go on"),
    )
    found, count = coded(put(memory_store(), told))
    assert found == []
    assert count.left_out == {
        "denied": 1,
        "cancelled": 1,
        "visits to no country that is told": 1,
        "visits at home": 1,
        "statements to nobody who is told": 1,
    }


def test_names_cannot_break_a_row() -> None:
    name = 'Jane\t"J."\nDoe'
    found, _ = coded(put(memory_store(), who(person(name, "KE", None))))
    assert 'Jane "J." Doe' in {row["source_name"] for row in found}
    assert len(found) == 2


@pytest.mark.parametrize("scheme", SCHEMES)
def test_equal_knowledge_bases_give_equal_rows(scheme: Scheme) -> None:
    told = [extraction(str(n), case.event) for n, case in enumerate(CASES)]
    one, two = put(memory_store(), *told), put(memory_store(), *reversed(told))
    assert coded(one, scheme, CODED) == coded(two, scheme, CODED)


# -- tables and codes -----------------------------------------------------------------------------


def test_bodies_and_titles_with_codes_are_in_the_gazetteer() -> None:
    names = {b.name for b in gazetteer().organizations.values()}
    names |= {state.name for state in gazetteer().states.values()}
    assert set(_actors()) - names == set()
    kinds = {b.kind for b in gazetteer().organizations.values()}
    titles = {r["kind"] for r in table("titles.csv")}
    for of, word in _sectors():
        assert of in ("body", "kind", "title")
        assert of != "body" or word in kinds, word
        assert of != "kind" or word in titles, word
    holders = {t.iso2 for p in gazetteer().holders.all.values() for t in p.tenures}
    assert {row["holders"] for row in _actors().values()} - holders == {""}
    assert not [word for _, word in _sectors() if many(word) != (word,)]


def test_every_situation_is_in_the_ontology() -> None:
    cameo, plover = codes("cameo"), codes("plover")
    assert set(plover) < set(cameo)
    assert {c.code for c in cameo.values()} == {
        "010", "036", "040", "041", "042", "043", "044", "125"
    }  # fmt: skip
    assert {(c.code, c.mode, c.context) for c in plover.values()} == {
        ("CONSULT", "", ""),
        ("CONSULT", "phone", ""),
        ("CONSULT", "visit", ""),
        ("CONSULT", "third-party", ""),
        ("AGREE", "", "diplomatic"),
        ("REJECT", "meet", "diplomatic"),
    }


def test_the_api_knows_the_statuses() -> None:
    with KnowledgeBase.memory() as kb, pytest.raises(KBError, match="a code for what is 'denied'"):
        kb.export_events(io.BytesIO(), statuses="denied")
