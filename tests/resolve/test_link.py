"""Who is meant: short articles, a phrase of each, and the actors that it stands for."""

from __future__ import annotations

from datetime import date

import pytest

from kb.extract.meetings import MeetingRules
from kb.extract.mentions import Mention
from kb.extract.scan import Scanner
from kb.extract.settings import Settings
from kb.extract.simplify import simplify
from kb.gazetteer import gazetteer
from kb.language.pipeline import load
from kb.language.quotes import find_quotes
from kb.language.words import read_words
from kb.resolve.link import Linker
from kb.resolve.registry import Registry

PUBLISHED = date(2019, 6, 12)


def link(
    text: str, published: date | None = PUBLISHED, home: str | None = None
) -> tuple[Linker, list[Mention]]:
    """The linker of a text after its run, and the text's mentions in order."""
    names = gazetteer()
    words = read_words(load(), text)
    simple = simplify(load(), words, Scanner(words, names, published).scan())
    registry = Registry(names, published, home)
    quotes = find_quotes(text)
    settings = Settings.of(simple, names, published)
    meetings = MeetingRules(simple.tree, simple.mentions, settings, quotes).find()
    linker = Linker(simple.tree, simple.mentions, registry, quotes, meetings)
    linker.run()
    return linker, list(simple.mentions)


def meant(
    text: str, phrase: str, published: date | None = PUBLISHED, home: str | None = None
) -> list[str]:
    """``NAME/STATE`` of the actors that the last mention of a phrase stands for."""
    linker, mentions = link(text, published, home)
    found = [m for m in mentions if m.text == phrase]
    assert found, f"no mention {phrase!r} among {[m.text for m in mentions]}"
    return [f"{e.name}/{e.country or '-'}" for e in linker.of(found[-1])]


LUND = "Danish Foreign Minister Anna Lund met Peruvian President Carlos Vega in Oslo. "

NAMES = [
    # surnames, given names, initials after the full name
    (LUND + "Lund left.", "Lund", ["Anna Lund/DK"]),
    (LUND + "Mr. Vega left.", "Mr. Vega", ["Carlos Vega/PE"]),
    ("Faisal bin Turki of Saudi Arabia met Lee. Prince Faisal left.", "Prince Faisal",
     ["Faisal bin Turki/SA"]),
    (LUND + "Minister A. Lund left.", "Minister A. Lund", ["Anna Lund/DK"]),
    ("Park Seo-jin of South Korea spoke. Park left.", "Park", ["Park Seo-jin/KR"]),
    ("Khalid al-Amri of Oman spoke. Al-Amri left.", "Al-Amri", ["Khalid al-Amri/OM"]),
    ("Pieter van der Velde of Belgium spoke. Van der Velde left.", "Van der Velde",
     ["Pieter van der Velde/BE"]),
    ("Carlos Vega and Rosa Vega of Peru came. Mrs. Vega left.", "Mrs. Vega", ["Rosa Vega/PE"]),
    # the tables: whom a surname means on the day, other spellings of a known name
    ("Merkel left.", "Merkel", ["Angela Merkel/DE"]),
    ("Secretary of State Pompeo left.", "Secretary of State Pompeo", ["Mike Pompeo/US"]),
    ("Sergei Lavrov left.", "Sergei Lavrov", ["Sergey Lavrov/RU"]),
    ("Volodymyr Zelenskyi left.", "Volodymyr Zelenskyi", ["Volodymyr Zelensky/UA"]),
    ("Russia objected. Peskov spoke.", "Peskov", ["Dmitry Peskov/RU"]),
    ("Somali President Sharif Osman Ahmed came. President Osman left.", "President Osman",
     ["Sharif Osman Ahmed/SO"]),
    # the state told, or implied by the title, the publisher, the group somebody belongs to
    ("Deputy Secretary of State Ann Pratt left.", "Deputy Secretary of State Ann Pratt",
     ["Ann Pratt/US"]),
    ("Three Chilean officials, including Minister Ana Rojas, left.", "Minister Ana Rojas",
     ["Ana Rojas/CL"]),
    ("Ann Pratt, director of the Malawi Law Society, left.", "Ann Pratt", ["Ann Pratt/MW"]),
    ("Osaka mayor Kenji Mori left.", "Osaka mayor Kenji Mori", ["Kenji Mori/JP"]),
    ("Ann Pratt, British ambassador to Chad, left.", "Ann Pratt",
     ["Ann Pratt/GB"]),
    # a part of a state that is called as another
    ("Georgia Governor Ann Pratt left.", "Georgia Governor Ann Pratt", ["Ann Pratt/US"]),
    ("Sen. Ann Pratt of Georgia left.", "Sen. Ann Pratt of Georgia", ["Ann Pratt/US"]),
    ("Ann Pratt, the governor of Georgia, left.", "Ann Pratt", ["Ann Pratt/US"]),
    ("Ann Pratt, the interior minister of Georgia, left.", "Ann Pratt", ["Ann Pratt/GE"]),
    ("Ann Pratt, Head of the Trade Bureau at Chad's Presidential Chancellery, left.", "Ann Pratt",
     ["Ann Pratt/TD"]),
    # kin are of the state of whose kin they are
    ("Carlos Vega of Peru came with his wife, Rosa Mori, on Monday.", "Rosa Mori",
     ["Rosa Mori/PE"]),
    ("Carlos Vega's brother Juan Mori left. Vega is president of Peru.", "Juan Mori",
     ["Juan Mori/-"]),
    ("MS. VEGA: Good morning.", "MS. VEGA", ["Vega/-"]),
    # royalty goes by its style
    ("Prince Otto left.", "Prince Otto", ["Prince Otto/-"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), NAMES)
def test_names(text: str, phrase: str, actors: list[str]) -> None:
    assert meant(text, phrase) == actors


ROLES = [
    # the holder named in the article
    (LUND + "The Danish foreign minister left.", "The Danish foreign minister", ["Anna Lund/DK"]),
    (LUND + "The foreign minister left.", "The foreign minister", ["Anna Lund/DK"]),
    (LUND + "The Peruvian leader left.", "The Peruvian leader", ["Carlos Vega/PE"]),
    (LUND + "The president left.", "The president", ["Carlos Vega/PE"]),
    ("Peruvian trade minister Carlos Vega met Danish trade minister Anna Lund. The minister left.",
     "The minister", ["Anna Lund/DK"]),
    (LUND + "King Otto of Denmark came. The king left.", "The king", ["King Otto/DK"]),
    ("A spokesman for Carlos Vega of Peru spoke.", "A spokesman", ["spokesman of Peru/PE"]),
    ("Carlos Vega, a former president of Peru, met the Chilean president.",
     "the Chilean president", ["Sebastián Piñera/CL"]),
    # the holder of the tables, where they are sure; of a state's two top offices the leading one
    ("The French president left.", "The French president", ["Emmanuel Macron/FR"]),
    ("The German leader left.", "The German leader", ["Angela Merkel/DE"]),
    ("The Chinese leader left.", "The Chinese leader", ["Xi Jinping/CN"]),
    ("The Iranian president left.", "The Iranian president", ["Hassan Rouhani/IR"]),
    ("Ali Khamenei of Iran spoke. The Iranian president left.", "The Iranian president",
     ["Hassan Rouhani/IR"]),
    # else the office itself
    ("The Chilean deputy trade minister left.", "The Chilean deputy trade minister",
     ["deputy trade minister of Chile/CL"]),
    ("The former French president left.", "The former French president",
     ["former president of France/FR"]),
    ("The US special envoy left.", "The US special envoy",
     ["special envoy of the United States/US"]),
    ("A police spokeswoman spoke.", "A police spokeswoman", ["police spokeswoman/-"]),
    ("He wants to be a leader.", "a leader", []),
    # several holders
    ("The Chilean and Peruvian trade ministers left.",
     "The Chilean and Peruvian trade ministers",
     ["trade minister of Chile/CL", "trade minister of Peru/PE"]),
    # somebody spoken of before
    ("A Taliban spokesman called. The spokesman gave no name.", "The spokesman",
     ["spokesman of Taliban/AF"]),
    # heads of bodies on the day
    ("The NATO secretary general spoke.", "The NATO secretary general", ["Jens Stoltenberg/-"]),
    ("The UN chief spoke.", "The UN chief", ["António Guterres/-"]),
    ("The president of the European Council left.", "The president of the European Council",
     ["Donald Tusk/EU"]),
    ("The head of the UN mission left.", "The head of the UN mission",
     ["head of United Nations/-"]),
    ("The EU chief left.", "The EU chief", ["chief of the European Union/EU"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), ROLES)
def test_roles(text: str, phrase: str, actors: list[str]) -> None:
    assert meant(text, phrase) == actors


COUNTERPARTS = [
    (LUND + "Peruvian Foreign Minister Rosa Diaz came. Lund thanked her Peruvian counterpart.",
     "her Peruvian counterpart", ["Rosa Diaz/PE"]),
    (LUND + "Lund called her Chadian counterpart.", "her Chadian counterpart",
     ["foreign minister of Chad/TD"]),
    ("Danish Foreign Minister Anna Lund called her counterpart, Rosa Diaz.",
     "her counterpart, Rosa Diaz", ["Rosa Diaz/-"]),
    ("Danish trade minister Anna Lund hosted her EU counterparts.", "her EU counterparts",
     ["EU counterparts/EU"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), COUNTERPARTS)
def test_counterparts(text: str, phrase: str, actors: list[str]) -> None:
    # nobody's day: the tables do not know who held the office
    assert meant(text, phrase, published=None) == actors


PRONOUNS = [
    (LUND + "She left.", "She", ["Anna Lund/DK"]),
    (LUND + "He left.", "He", ["Carlos Vega/PE"]),
    (LUND + "They left.", "They", ["Anna Lund/DK", "Carlos Vega/PE"]),
    # who spoke last goes on speaking
    ("Carlos Vega said that Ivan Petrov was wrong. He added that he was angry.", "He",
     ["Carlos Vega/-"]),
    # an apposition to the subject is one
    ("Minister Carlos Vega's deputy, Ivan Petrov, left. He waved.", "He", ["Ivan Petrov/-"]),
    # a title tells of its holder
    ("Spokeswoman Sam Holt met Ivan Petrov. She left.", "She", ["Sam Holt/-"]),
    # listeners are nobody's "they"
    ("Anna Lund met Carlos Vega. It was short, for reporters. They left.", "They",
     ["Anna Lund/-", "Carlos Vega/-"]),
    # a fronted phrase leads up to its subject
    ("Ivan Petrov spoke. In his call with Petrov, Carlos Vega urged calm.", "his",
     ["Carlos Vega/-"]),
    # an object is somebody else than the subject of its clause
    ("Carlos Vega waited. Ivan Petrov called him.", "him", ["Carlos Vega/-"]),
    # a state or body is "it", people are not
    ("Chad told Lund that it was ready.", "it", ["Chad/TD"]),
    ("The officials of Chad came. It was late.", "It", []),
    # quoted pronouns refer within the quotation
    (LUND + "“He is right,” she said.", "He", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), PRONOUNS)
def test_pronouns(text: str, phrase: str, actors: list[str]) -> None:
    assert meant(text, phrase) == actors


PAIRS = [
    (LUND + "The two leaders embraced.", "The two leaders", ["Anna Lund/DK", "Carlos Vega/PE"]),
    (LUND + "The two last met in May.", "The two", ["Anna Lund/DK", "Carlos Vega/PE"]),
    (LUND + "The two countries agreed.", "The two countries", ["Denmark/DK", "Peru/PE"]),
    ("Chad spoke of trade between Lima and Oslo. The two countries agreed.", "The two countries",
     ["Peru/PE", "Norway/NO"]),
    ("Chad named an ambassador to Peru after talks. The two countries agreed.",
     "The two countries", ["Chad/TD", "Peru/PE"]),
    # ministers are no leaders
    ("Peruvian President Carlos Vega will meet Danish Prime Minister Per-Olof Lund. Danish trade "
     "minister Anna Lund met Peruvian trade minister Rosa Diaz. The two leaders will talk.",
     "The two leaders", ["Carlos Vega/PE", "Per-Olof Lund/DK"]),
    # without a number they are as many as met
    ("Anna Lund met Carlos Vega and Ivan Petrov. The leaders embraced.", "The leaders",
     ["Anna Lund/-", "Carlos Vega/-", "Ivan Petrov/-"]),
    ("Anna Lund spoke. The two leaders embraced.", "The two leaders", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), PAIRS)
def test_pairs(text: str, phrase: str, actors: list[str]) -> None:
    assert meant(text, phrase) == actors


OTHERS = [
    ("Beijing objected.", "Beijing", ["China/CN"]),
    ("The Kremlin objected.", "The Kremlin", ["Russia/RU"]),
    ("The Trump administration objected.", "The Trump administration", ["United States/US"]),
    ("Carlos Vega of Peru left. The Vega government objected.", "The Vega government",
     ["Peru/PE"]),
    ("Anna Lund of Denmark left. Lund's aides stayed.", "aides", ["aides/DK"]),
    ("Lawmakers from Chad and Niger left.", "Lawmakers from Chad and Niger",
     ["lawmaker of Chad/TD", "lawmaker of Niger/NE"]),
    ("Peruvian President Carlos Vega met Chilean President Ana Rojas. Leaders of both countries "
     "will meet again.", "Leaders", ["Carlos Vega/PE", "Ana Rojas/CL"]),
    (LUND + "Officials from both sides left.", "Officials",
     ["official of Denmark/DK", "official of Peru/PE"]),
    ("Senior Chadian officials came. The officials left.", "The officials",
     ["Senior Chadian officials/TD"]),
    ("The Chadian foreign ministry wrote. The ministry objected.", "The ministry",
     ["Foreign Ministry of Chad/TD"]),
    ("Anna Lund of Denmark left. Lund's office said so.", "office", ["Lund's office/DK"]),
    ("EU envoy Anna Lund met U.N. officials. The bloc objected.", "The bloc",
     ["European Union/EU"]),
    ("A Houthi spokesman came. The group left.", "The group", ["Houthis/YE"]),
    ("Carlos Vega of Peru left. An aide to Vega stayed.", "An aide", ["aide of Peru/PE"]),
    ("Hamas wrote. The group objected.", "The group", ["Hamas/PS"]),
    ("Chadian and Peruvian women leaders met.", "Chadian and Peruvian women leaders",
     ["leader of Chad/TD", "leader of Peru/PE"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phrase", "actors"), OTHERS)
def test_states_groups_bodies(text: str, phrase: str, actors: list[str]) -> None:
    assert meant(text, phrase) == actors


def test_a_delegation_stands_for_its_named_members_where_it_takes_part() -> None:
    text = "A Danish delegation led by Anna Lund and Lars Holm came. The delegation left."
    linker, mentions = link(text)
    (again,) = [m for m in mentions if m.text == "The delegation"]
    assert [e.name for e in linker.of(again)] == ["Danish delegation"]
    assert [e.name for e in linker.parties(again)] == ["Anna Lund", "Lars Holm"]


AT_HOME = [
    ("Senior Adviser Ann Pratt spoke.", "Senior Adviser Ann Pratt", "Ann Pratt/US"),
    ("The President will travel.", "The President", "Donald Trump/US"),
    ("Foreign Minister Omar Haddad came.", "Foreign Minister Omar Haddad", "Omar Haddad/-"),
]


@pytest.mark.parametrize(("text", "phrase", "actor"), AT_HOME)
def test_officials_without_a_state_are_the_publishing_governments(
    text: str, phrase: str, actor: str
) -> None:
    assert meant(text, phrase, home="US") == [actor]


def test_independent_press_has_no_officials_of_its_own() -> None:
    assert meant("Senior Adviser Ann Pratt spoke.", "Senior Adviser Ann Pratt") == ["Ann Pratt/-"]


def test_a_title_may_give_the_name_in_full() -> None:
    registry = Registry(gazetteer(), PUBLISHED, title="Premier Thomas Lund to visit Oslo")
    mention = Mention(0, 2, "person", "Mr. Lund", name="Lund", honorific="mr")
    entity = registry.person(mention)
    assert entity is not None
    assert entity.name == "Thomas Lund"


def test_two_namesakes_are_told_apart_by_state() -> None:
    text = (
        "Danish Foreign Minister Anna Lund met Swedish Defence Minister Erik Lund. "
        "The two differed. Swedish Minister Lund left."
    )
    assert meant(text, "Swedish Minister Lund") == ["Erik Lund/SE"]
