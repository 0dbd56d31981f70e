"""Who is whom: spellings, and persons by name and state."""

from __future__ import annotations

from itertools import permutations

import pytest

from kb.gazetteer import gazetteer
from kb.identity import Known, identify, spelling
from kb.judgements import Judged, Judgement

BASE = "http://e/person/"

SAME = [
    ("Sergei Lavrov", "Sergey Lavrov", "RU"),
    ("Vyacheslav Nikonov", "Viacheslav Nikonov", "RU"),
    ("Yevgeny Popov", "Evgenii Popov", "RU"),
    ("Dmitry Peskov", "Dmitriy Peskov", "RU"),
    ("Yuri Ushakov", "Yury Ushakov", "RU"),
    ("Mikhail Bogdanov", "Mihail Bogdanov", "RU"),
    ("Volodymyr Zelensky", "Volodymyr Zelenskyy", "UA"),
    ("Kim Jong-un", "Kim Jong Un", "KP"),
    ("Jong-un Kim", "Kim Jong Un", "KP"),
    ("Kim Min-jae", "Kim Minjae", "KR"),
    ("Mohammed al-Rubaie", "Muhammad Rubaie", "IQ"),
    ("Abdul Rahman al-Thani", "Abdulrahman Al Thani", "QA"),
    ("Youssef Hassan", "Yusuf Hasan", "JO"),
    ("Sameh Shoukry", "Sameh Shukri", "EG"),
    ("Ma'ruf Amin", "Maruf Amin", "ID"),
    ("John Q. Smith", "John Smith", "US"),
    ("John Smith Jr.", "John Smith", "US"),
    ("José Muñoz", "Jose Munoz", "MX"),
]

DIFFERENT = [
    ("Kim Jong-un", "Kim Jong-il", "KP"),
    ("George Bush", "Jeb Bush", "US"),
    ("Salman bin Abdulaziz", "Abdulaziz bin Fahd", "SA"),
    ("Li Wei", "Li Wen", "CN"),
    ("Mohamed Salah", "Mohammed Saleh", "EG"),
    ("Ivan Ivanov", "Ivan Ivanenko", "RU"),
]


@pytest.mark.parametrize(("one", "other", "country"), SAME)
def test_one_name_in_two_spellings(one: str, other: str, country: str) -> None:
    assert spelling(one, country) == spelling(other, country) != ""


@pytest.mark.parametrize(("one", "other", "country"), DIFFERENT)
def test_two_names(one: str, other: str, country: str) -> None:
    assert spelling(one, country) != spelling(other, country)


def test_a_single_word_is_no_full_name() -> None:
    assert spelling("Lula", "BR") == ""


def person(last: str, *names: str) -> Known:
    return Known(BASE + last, frozenset(names))


def under(*known: Known, judged: Judged | None = None) -> dict[str, str]:
    """What the last part of each IRI goes under; the order of the persons is nothing."""
    found = {
        tuple(sorted(identify(order, judged or Judged(), gazetteer()).items()))
        for order in permutations(known)
    }
    assert len(found) == 1
    return {one.removeprefix(BASE): other.removeprefix(BASE) for one, other in next(iter(found))}


SERGEI = person("sergei-ivanenko.RU", "Sergei Ivanenko")
SERGEY = person("sergey-ivanenko.RU", "Sergey Ivanenko")
NOWHERE = person("sergey-ivanenko", "Sergey Ivanenko")
ABROAD = person("sergey-ivanenko.UA", "Sergey Ivanenko")


def test_two_spellings_of_one_state_are_one() -> None:
    assert under(SERGEI, SERGEY) == {
        "sergei-ivanenko.RU": "sergei-ivanenko.RU",
        "sergey-ivanenko.RU": "sergei-ivanenko.RU",
    }


def test_namesakes_of_two_states_are_two() -> None:
    assert set(under(SERGEY, ABROAD).values()) == {"sergey-ivanenko.RU", "sergey-ivanenko.UA"}


def test_who_is_told_without_a_state_is_the_only_one_of_the_name() -> None:
    assert under(NOWHERE, SERGEI)["sergey-ivanenko"] == "sergei-ivanenko.RU"


def test_who_is_told_without_a_state_is_nobody_of_several() -> None:
    assert under(NOWHERE, SERGEI, ABROAD)["sergey-ivanenko"] == "sergey-ivanenko"


def test_the_gazetteer_knows_who_it_is() -> None:
    known = person("emmanuel-macron.FR", "Emmanuel Macron")
    assert under(known) == {"emmanuel-macron.FR": "Q3052772"}


def test_a_namesake_of_another_state_is_not_the_gazetteers() -> None:
    known = person("emmanuel-macron.NZ", "Emmanuel Macron")
    assert under(known) == {"emmanuel-macron.NZ": "emmanuel-macron.NZ"}


def test_a_judgement_wins() -> None:
    apart = Judged([Judgement.of(SERGEI.iri, SERGEY.iri, "different")])
    assert set(under(SERGEI, SERGEY, judged=apart).values()) == {
        "sergei-ivanenko.RU",
        "sergey-ivanenko.RU",
    }
    together = Judged([Judgement.of(SERGEY.iri, ABROAD.iri, "same")])
    assert set(under(SERGEY, ABROAD, judged=together).values()) == {"sergey-ivanenko.RU"}


def test_whom_the_gazetteer_is_judged_not_to_mean() -> None:
    known = person("emmanuel-macron.FR", "Emmanuel Macron")
    judged = Judged([Judgement.of(known.iri, BASE + "Q3052772", "different")])
    assert under(known, judged=judged) == {"emmanuel-macron.FR": "emmanuel-macron.FR"}


def test_different_wins_over_what_follows_from_two_judgements() -> None:
    a, b, c = (person(f"{x}-roe.GB", f"{x} Roe") for x in ("ann", "bea", "cat"))
    judged = Judged(
        [
            Judgement.of(a.iri, b.iri, "same"),
            Judgement.of(b.iri, c.iri, "same"),
            Judgement.of(a.iri, c.iri, "different"),
        ]
    )
    found = under(a, b, c, judged=judged)
    assert found["ann-roe.GB"] != found["cat-roe.GB"]


def test_of_a_group_that_comes_apart_the_rest_stays_with_the_first() -> None:
    judged = Judged([Judgement.of("a", "c", "different")])
    assert judged.arrange([["a", "b", "c", "d"]]) == [["a", "b", "d"], ["c"]]


CHAVEZ = person("julie-chavez-rodriguez.US", "Julie Chavez Rodriguez")
SHORT = person("julie-rodriguez.US", "Julie Rodriguez")
OTHER = person("julie-maria-rodriguez.US", "Julie Maria Rodriguez")


def test_a_middle_name_is_left_out() -> None:
    assert under(CHAVEZ, SHORT)["julie-rodriguez.US"] == "julie-chavez-rodriguez.US"


def test_a_middle_name_is_left_out_of_one_of_two_names() -> None:
    assert len(set(under(CHAVEZ, SHORT, OTHER).values())) == 3


def test_two_middle_names_are_two_persons() -> None:
    assert len(set(under(CHAVEZ, OTHER).values())) == 2


def test_whose_son_one_is_is_no_middle_name() -> None:
    long = person("salman-bin-khalid-thani.QA", "Salman bin Khalid Thani")
    short = person("salman-thani.QA", "Salman Thani")
    assert len(set(under(long, short).values())) == 2
