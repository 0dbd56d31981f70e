"""Mentions: which spans of a sentence name actors or places, and what is told with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from kb.extract.mentions import Mention
from kb.extract.scan import Scanner
from kb.gazetteer import Entry, gazetteer
from kb.language.pipeline import load
from kb.language.words import read_words

PUBLISHED = date(2019, 6, 12)


def scan(text: str) -> list[Mention]:
    return list(Scanner(read_words(load(), text), gazetteer(), PUBLISHED).scan())


def told(text: str) -> list[tuple[str, str | None, str | None, str]]:
    """Kind, name, office and states of each mention but pronouns."""
    return [
        (m.kind, m.name, m.office, "+".join(m.states)) for m in scan(text) if m.kind != "pronoun"
    ]


PERSONS = [
    # titles before the name
    ("Foreign Minister Pita Sharples spoke.", "Pita Sharples", "Foreign Minister", ""),
    ("Chilean President Ana Rojas spoke.", "Ana Rojas", "President", "CL"),
    ("Chile's president, Ana Rojas, spoke.", "Ana Rojas", "president", "CL"),
    ("President Ana Rojas of Chile spoke.", "Ana Rojas", "President", "CL"),
    (
        "President of the Republic of Chile Ana Rojas spoke.",
        "Ana Rojas", "President of the Republic", "CL",
    ),
    ("Former Danish Prime Minister Lars Holm spoke.", "Lars Holm", "Prime Minister", "DK"),
    ("The Danish ex-premier Lars Holm spoke.", "Lars Holm", "premier", "DK"),
    ("President-elect Ana Rojas spoke.", "Ana Rojas", "President-elect", ""),
    ("Defence Minister General Omar Diallo spoke.", "Omar Diallo", "Defence Minister", ""),
    ("Gen. Omar Diallo spoke.", "Omar Diallo", "Gen.", ""),
    ("President of Chad Sheikh Omar Diallo spoke.", "Omar Diallo", "President", "TD"),
    ("State Duma Speaker Omar Diallo spoke.", "Omar Diallo", "Speaker", "RU"),
    ("Vietnamese President To Lam spoke.", "To Lam", "President", "VN"),
    (
        "In Jerusalem, Palestinian President Omar Diallo spoke.",
        "Omar Diallo", "President", "PS",
    ),
    ("Mr. Rojas spoke.", "Rojas", None, ""),
    ("Kremlin spokesman Igor Belov spoke.", "Igor Belov", "spokesman", "RU"),
    ("Hamas' exiled leader Sami Nasser spoke.", "Sami Nasser", "leader", "PS"),
    ("The head of the mission, Martha Hill, spoke.", "Martha Hill", "head", ""),
    ("Fatah official Sami Nasser spoke.", "Sami Nasser", "official", "PS"),
    ("US envoy Martha Hill spoke.", "Martha Hill", "envoy", "US"),
    # remits between title and name
    (
        "Director of the Office of Energy Policy Martha Hill spoke.",
        "Martha Hill", "Director", "",
    ),
    (
        "Assistant to the President for Trade Affairs Martha Hill spoke.",
        "Martha Hill", "Assistant to the President", "",
    ),
    (
        "Senior Adviser to the Vice President Dr. Martha Hill spoke.",
        "Martha Hill", "Senior Adviser", "",
    ),
    (
        "Special Representative of the Secretary General on Sexual Violence in Conflict Ann Pratt "
        "spoke.",
        "Ann Pratt", "Special Representative", "",
    ),
    ("His Majesty King Otto spoke.", "Otto", "His Majesty King", ""),
    ("Minister of Industry and Trade Igor Belov spoke.", "Igor Belov", "Minister of Industry", ""),
    (
        "Chairman of the Board of the Baltic Shipping Company Igor Belov spoke.",
        "Igor Belov", "Chairman", "",
    ),
    (
        "Director of National Intelligence (DNI) Martha Hill spoke.",
        "Martha Hill", "Director of National Intelligence", "",
    ),
    ("USAID Deputy Administrator Martha Hill spoke.", "Martha Hill", "Deputy Administrator", "US"),
    ("Chief U.N. weapons inspector Martha Hill spoke.", "Martha Hill", "weapons inspector", ""),
    ("Putin adviser Igor Belov spoke.", "Igor Belov", "adviser", "RU"),
    ("Martha Hill, an official at the Foreign Office, spoke.", "Martha Hill", "official", "GB"),
    (
        "Premier Omar Diallo of Chad, a Nigerian official said, spoke.",
        "Omar Diallo", "Premier", "TD",
    ),
    ("Port Security Adviser Martha Hill spoke.", "Martha Hill", "Security Adviser", ""),
    # two offices of one person
    (
        "State Councillor and Foreign Minister Chen Bo spoke.",
        "Chen Bo", "State Councillor and Foreign Minister", "",
    ),
    # appositions
    ("Martha Hill, the Canadian trade minister, spoke.", "Martha Hill", "trade minister", "CA"),
    ("Martha Hill, Canada's trade minister, spoke.", "Martha Hill", "trade minister", "CA"),
    ("Martha Hill, a spokesperson for Canada's foreign ministry, spoke.",
     "Martha Hill", "spokesperson", "CA"),
    ("Martha Hill, 54, a Canadian lawmaker, spoke.", "Martha Hill", "lawmaker", "CA"),
    (
        "Adm. Martha Hill, chairman of the Joint Chiefs of Staff, spoke.",
        "Martha Hill", "chairman of the Joint Chiefs of Staff", "",
    ),
    ("The Canadian trade minister, Martha Hill, spoke.", "Martha Hill", "trade minister", "CA"),
    (
        "A senior Omani cleric, Sheikh Salim Harthi, spoke.",
        "Salim Harthi", "cleric", "OM",
    ),
    ("Martha Hill, British ambassador to Chad, spoke.", "Martha Hill", "ambassador", "GB"),
    # a name ends where a heading goes on, or another state begins
    ("Minister Martha Hill Welcoming the Accord", "Martha Hill", "Minister", ""),
    ("President Rojas U.S. help praised.", "Rojas", "President", ""),
    ("In Brussels President Rojas spoke.", "Rojas", "President", ""),
    # shapes of names
    ("Foreign Minister Jean-Pierre Mbeki spoke.", "Jean-Pierre Mbeki", "Foreign Minister", ""),
    ("Prime Minister Park Seo-jin spoke.", "Park Seo-jin", "Prime Minister", ""),
    ("Minister Khalid bin Saleh al-Amri spoke.", "Khalid bin Saleh al-Amri", "Minister", ""),
    ("Senator Walter Q. Pratt, Jr. spoke.", "Walter Q. Pratt, Jr.", "Senator", ""),
    ("Premier Pieter van der Velde spoke.", "Pieter van der Velde", "Premier", ""),
    ("Major Dean “Rocky” Pratt spoke.", "Dean “Rocky” Pratt", "Major", ""),
    ("King Otto IV spoke.", "Otto IV", "King", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "office", "states"), PERSONS)
def test_a_person_with_office_and_state(
    text: str, name: str, office: str | None, states: str
) -> None:
    persons = [m for m in told(text) if m[0] == "person"]
    assert persons[:1] == [("person", name, office, states)]


OTHERS = [
    # roles
    ("The Chinese foreign minister spoke.", [("role", None, "foreign minister", "CN")]),
    ("The president of Chile spoke.", [("role", None, "president", "CL")]),
    ("China's top diplomat spoke.", [("role", None, "top diplomat", "CN")]),
    (
        "The Finnish ambassador to Peru spoke.",
        [("role", None, "ambassador", "FI")],
    ),
    (
        "The foreign ministers of Iran, Turkey and Chad spoke.",
        [("role", None, "foreign ministers", "IR+TR+TD")],
    ),
    ("DR Congo spoke.", [("state", "Democratic Republic of the Congo", None, "CD")]),
    ("The head of the U.N. mission spoke.", [("role", None, "head", "")]),
    ("The leaders of North and South Korea spoke.", [("role", None, "leaders", "KP+KR")]),
    ("The Iranian and Turkish presidents spoke.", [("role", None, "presidents", "IR+TR")]),
    (
        "The president and Prime Minister Sato spoke.",
        [("role", None, "president", ""), ("person", "Sato", "Prime Minister", "")],
    ),
    (
        "President Ana Rojas and Vice President Leo Vidal spoke.",
        [("person", "Ana Rojas", "President", ""), ("person", "Leo Vidal", "Vice President", "")],
    ),
    ("An adviser to President Rojas spoke.",
     [("role", None, "adviser", ""), ("person", "Rojas", "President", "")]),
    ("Envoys from Chad and Niger spoke.", [("role", None, "Envoys", "TD+NE")]),
    ("A spokesman for Chancellor Ana Rojas spoke.",
     [("role", None, "spokesman", ""), ("person", "Ana Rojas", "Chancellor", "")]),
    ("She was on an official visit.", []),
    ("He hopes to head it.", []),
    # counterparts
    ("He called his Peruvian counterpart.", [("role", None, None, "PE")]),
    ("He called his counterpart from Peru.", [("role", None, None, "PE")]),
    ("He called his counterpart, Ana Rojas.", [("person", "Ana Rojas", None, "")]),
    # groups
    ("Senior Canadian officials spoke.", [("role", None, "officials", "CA")]),
    ("US transportation officials spoke.", [("role", None, "officials", "US")]),
    ("Lawmakers from Chad and Niger spoke.", [("role", None, "Lawmakers", "TD+NE")]),
    ("Opposition leaders spoke.", [("role", None, "Opposition leaders", "")]),
    ("Members of the Canadian opposition spoke.", [("group", None, None, "CA")]),
    ("A high-level Canadian delegation spoke.", [("group", None, None, "CA")]),
    ("Iranian state television reported it.", [("group", None, None, "IR")]),
    ("South Korean media reported it.", [("group", None, None, "KR")]),
    ("The Canadians left.", [("group", None, None, "CA")]),
    # states and their governments
    ("The Chinese government spoke.", [("state", None, None, "CN")]),
    ("Beijing warned Tokyo.", [("state", "Beijing", None, "CN"), ("state", "Tokyo", None, "JP")]),
    ("They met in Beijing and Tokyo.", [("place", "Beijing", None, "CN"),
                                        ("place", "Tokyo", None, "JP")]),
    ("A U.S.-Peru summit is near.",
     [("state", "United States", None, "US"), ("state", "Peru", None, "PE")]),
    ("The two Koreas agreed.", [("state", "Koreas", None, "KR+KP")]),
    ("He flew to Bonn and Lima, the Kremlin said.",
     [("place", "Bonn", None, "DE"), ("place", "Lima", None, "PE"),
      ("state", "Kremlin", None, "RU")]),
    ("The Kremlin denied it.", [("state", "Kremlin", None, "RU")]),
    ("The Trump administration denied it.", [("state", "Trump", None, "US")]),
    ("Brussels objected.", [("state", "Brussels", None, "EU")]),
    # bodies
    ("The Polish foreign ministry objected.",
     [("organization", "Foreign Ministry of Poland", None, "PL")]),
    ("The U.S. State Department objected.",
     [("organization", "US State Department", None, "US")]),
    ("The ministry objected.", [("organization", None, None, "")]),
    ("NATO objected.", [("organization", "North Atlantic Treaty Organization", None, "")]),
    ("The Ministry of Trade and Energy of Chad objected.",
     [("organization", "Ministry of Trade and Energy of Chad", None, "TD")]),
    ("The Harbour Workers Union objected.",
     [("organization", "Harbour Workers Union", None, "")]),
    # places
    ("In Washington, White House officials spoke.",
     [("place", "Washington", None, "US"), ("role", None, "officials", "US")]),
    ("In Nairobi, Kenya's ministers left.",
     [("place", "Nairobi", None, "KE"), ("role", None, "ministers", "KE")]),
    ("They met in Bonn, Germany.", [("place", "Bonn", None, "DE")]),
    ("They met in New Mexico.", [("place", "New Mexico", None, "US")]),
    ("They sailed the South China Sea.", [("place", "South China Sea", None, "")]),
    # capitals that name nobody
    ("It was a recent Chadian statement.", []),
    ("He praised the Rose Charter.", [("unknown", "Rose Charter", None, "")]),
    ("On Monday he left.", []),
    ("However, he left in May.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mentions"), OTHERS)
def test_roles_groups_states_bodies_places(
    text: str, mentions: list[tuple[str, str | None, str | None, str]]
) -> None:
    assert told(text) == mentions


PAIRS = [
    ("The two leaders shook hands.", True),
    ("Both sides agreed.", True),
    ("The leaders shook hands.", True),
    ("The two last met in Bonn.", True),
    ("The two leaders of Iran and Turkey shook hands.", False),
    ("The officials shook hands.", False),
]


@pytest.mark.parametrize(("text", "pair"), PAIRS)
def test_a_pair_refers_back(text: str, pair: bool) -> None:
    assert ("pair" in {m.kind for m in scan(text)}) == pair


def test_a_surname_counts_where_the_name_is_given_in_full() -> None:
    kinds = {m.text: m.kind for m in scan("Lloyd Austin left. Austin will be back.")}
    assert kinds["Austin"] == "person"


def test_a_town_stays_a_town_behind_a_preposition() -> None:
    kinds = [m.kind for m in scan("Lloyd Austin left. He spoke in Austin.") if m.text == "Austin"]
    assert kinds == ["place"]


def test_what_an_article_writes_small_is_no_name() -> None:
    text = "A Joint Biofuel Roadmap was drawn up. The biofuel roadmap is long."
    assert "person" not in {m.kind for m in scan(text)}


SPANS = [
    "Several members of the political opposition",
    "Leaders from more than 50 countries",
    "Diplomats of several European nations",
    "The foreign ministers of Iran and Turkey",
    "Officials from the governments of Chad and Niger",
    "Leaders across Europe",
    "Leaders of Southeast Asian nations",
    "Members of the Harbour Workers Union",
    "Leadership of the opposition",
    "President Ana Rojas of Chile",
]


@pytest.mark.parametrize("span", SPANS)
def test_a_mention_takes_in_what_belongs_to_it(span: str) -> None:
    assert scan(f"{span} spoke.")[0].text == span


def test_a_possessor_belongs_to_the_counterpart() -> None:
    (mention,) = [m for m in scan("He called his Peruvian counterpart.") if m.counterpart]
    assert mention.owner_word == "his"


def test_each_word_is_looked_up_twice_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    """Work grows with the length of an article and no faster."""
    text = "President Ana Rojas of Chile met senior Canadian officials in Bonn, Germany. " * 40
    words = read_words(load(), text)
    names = gazetteer()
    asked: list[int] = []
    match = names.match

    def counted(sequence: Sequence[str], start: int) -> list[Entry]:
        asked.append(start)
        return match(sequence, start)

    monkeypatch.setattr(names, "match", counted)
    Scanner(words, names, PUBLISHED).scan()
    assert len(asked) <= 2 * len(words)
