"""Who met whom: sentences, and the meetings they tell of.

Published on Wednesday, 9 June 2021. A meeting is written as its participants in order of the
alphabet, status, medium, date and place.
"""

from __future__ import annotations

import pytest

from tests.extract.coding import meetings

TOLD = [
    # verbs
    (
        "Angela Merkel and Emmanuel Macron met in Geneva on Monday.",
        ("Angela Merkel + Emmanuel Macron", "held", "in-person", "2021-06-07", "Geneva"),
    ),
    (
        "U.S. Secretary of State Antony Blinken met Naftali Bennett and Mahmoud Abbas on Tuesday.",
        (
            "Antony Blinken + Mahmoud Abbas + Naftali Bennett",
            "held",
            "in-person",
            "2021-06-08",
            "-",
        ),
    ),
    (
        "German Chancellor Angela Merkel was received by Turkish President Recep Tayyip Erdogan "
        "in Ankara.",
        ("Angela Merkel + Recep Tayyip Erdogan", "held", "in-person", "-", "Ankara"),
    ),
    (
        "Emmanuel Macron sat down with Vladimir Putin in Versailles.",
        ("Emmanuel Macron + Vladimir Putin", "held", "in-person", "-", "Versailles"),
    ),
    (
        "Chancellor Angela Merkel, who met Xi Jinping in 2019, said trade was growing.",
        ("Angela Merkel + Xi Jinping", "held", "in-person", "2019", "-"),
    ),
    (
        "President Joe Biden spoke today with Prime Minister Scott Morrison of Australia.",
        ("Joe Biden + Scott Morrison", "held", "unknown", "2021-06-09", "-"),
    ),
    (
        "Boris Johnson called Joe Biden on Tuesday.",
        ("Boris Johnson + Joe Biden", "held", "phone", "2021-06-08", "-"),
    ),
    (
        "The president of Serbia, Aleksandar Vucic, was welcomed in Budapest by Viktor Orban.",
        ("Aleksandar Vucic + Viktor Orban", "held", "in-person", "-", "Budapest"),
    ),
    (
        "Putin meets Bolsonaro in Moscow",
        ("Jair Bolsonaro + Vladimir Putin", "held", "in-person", "-", "Moscow"),
    ),
    # nouns, with and without a light verb
    (
        "Canadian Prime Minister Justin Trudeau held a phone call with Boris Johnson on Sunday.",
        ("Boris Johnson + Justin Trudeau", "held", "phone", "2021-06-06", "-"),
    ),
    (
        "The talks between Angela Merkel and Boris Johnson took place in Bonn.",
        ("Angela Merkel + Boris Johnson", "held", "in-person", "-", "Bonn"),
    ),
    (
        "Joe Biden's meeting with Moon Jae-in lasted two hours.",
        ("Joe Biden + Moon Jae-in", "held", "in-person", "-", "-"),
    ),
    (
        "In his talks with Xi Jinping, Emmanuel Macron raised the price of steel.",
        ("Emmanuel Macron + Xi Jinping", "held", "unknown", "-", "-"),
    ),
    (
        "Talks between Ethiopia, Egypt and Sudan broke down in Kinshasa in April.",
        ("Egypt + Ethiopia + Sudan", "held", "in-person", "2021-04", "Kinshasa"),
    ),
    (
        "Narendra Modi and Boris Johnson held a virtual summit on 4 May.",
        ("Boris Johnson + Narendra Modi", "held", "video", "2021-05-04", "-"),
    ),
    (
        "Antony Blinken met with Sergei Lavrov on the sidelines of a conference in Reykjavik.",
        ("Antony Blinken + Sergey Lavrov", "held", "in-person", "-", "Reykjavik"),
    ),
    (
        "Angela Merkel and Emmanuel Macron agreed on a fund during a meeting in Bonn on Monday.",
        ("Angela Merkel + Emmanuel Macron", "held", "in-person", "2021-06-07", "Bonn"),
    ),
    (
        "Emmanuel Macron urged Vladimir Putin in a phone call on Friday to withdraw.",
        ("Emmanuel Macron + Vladimir Putin", "held", "phone", "2021-06-04", "-"),
    ),
    (
        "The summit, attended by Joe Biden, Emmanuel Macron and Olaf Scholz, was held in Madrid.",
        ("Emmanuel Macron + Joe Biden + Olaf Scholz", "held", "in-person", "-", "Madrid"),
    ),
    # somebody is told something
    (
        "Mexican President Andres Manuel Lopez Obrador told Kamala Harris that he supported the "
        "plan.",
        ("Andrés Manuel López Obrador + Kamala Harris", "held", "unknown", "-", "-"),
    ),
    # a purpose of travel
    (
        "Mr Lavrov flew to Baku on Monday, where he met Azerbaijani President Ilham Aliyev.",
        ("Ilham Aliyev + Sergey Lavrov", "held", "in-person", "2021-06-07", "Baku"),
    ),
    # said on the phone, over dinner, side by side
    (
        "Angela Merkel warned Vladimir Putin by telephone on Monday against a breach.",
        ("Angela Merkel + Vladimir Putin", "held", "phone", "2021-06-07", "-"),
    ),
    (
        "Emmanuel Macron and Boris Johnson had dinner in Cornwall on Saturday.",
        ("Boris Johnson + Emmanuel Macron", "held", "in-person", "2021-06-05", "Cornwall"),
    ),
    (
        "Over a long dinner in Brussels, Emmanuel Macron and Boris Johnson agreed on fish.",
        ("Boris Johnson + Emmanuel Macron", "held", "in-person", "-", "Brussels"),
    ),
    (
        "Standing beside Angela Merkel, Emmanuel Macron praised the fund.",
        ("Angela Merkel + Emmanuel Macron", "held", "in-person", "-", "-"),
    ),
    (
        "Joe Biden, flanked by Yoshihide Suga and Moon Jae-in, praised the pact.",
        ("Joe Biden + Moon Jae-in + Yoshihide Suga", "held", "in-person", "-", "-"),
    ),
    (
        "The emir of Kuwait brought Mohammed bin Salman and Tamim bin Hamad together on Monday.",
        (
            "Mohammed bin Salman + Nawaf Al-Ahmad Al-Jaber Al-Sabah + Tamim bin Hamad Al Thani",
            "held",
            "in-person",
            "2021-06-07",
            "-",
        ),
    ),
    (
        "Austria's foreign ministry summoned the Belarusian ambassador on Monday.",
        (
            "Foreign Ministry of Austria + ambassador of Belarus",
            "held",
            "in-person",
            "2021-06-07",
            "-",
        ),
    ),
    (
        "Iran's foreign ministry summoned the Ukrainian chargé d'affaires.",
        (
            "Foreign Ministry of Iran + chargé d'affaires of Ukraine",
            "held",
            "in-person",
            "-",
            "-",
        ),
    ),
    (
        "Joe Biden and Vladimir Putin exchanged a few words after the ceremony.",
        ("Joe Biden + Vladimir Putin", "held", "unknown", "-", "-"),
    ),
    (
        "Heiko Maas and Sergei Lavrov discussed Libya in Moscow on Monday.",
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "2021-06-07", "Moscow"),
    ),
    # whose meeting it is
    (
        "Antony Blinken assured Heiko Maas of it when they spoke on Friday.",
        ("Antony Blinken + Heiko Maas", "held", "unknown", "2021-06-04", "-"),
    ),
    (
        "Heiko Maas told Sergei Lavrov at their meeting in Moscow that the treaty stands.",
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "-", "Moscow"),
    ),
    (
        "Asked about his meeting with Sergei Lavrov, Heiko Maas said it went well.",
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "-", "-"),
    ),
    (
        "France and Germany postponed their summit.",
        ("France + Germany", "cancelled", "in-person", "-", "-"),
    ),
    (
        "Yoshihide Suga was due in Washington for talks with Joe Biden.",
        ("Joe Biden + Yoshihide Suga", "planned", "in-person", "-", "Washington"),
    ),
    (
        "Viktor Orban received a visit from Mateusz Morawiecki in Budapest.",
        ("Mateusz Morawiecki + Viktor Orban", "held", "in-person", "-", "Budapest"),
    ),
    (
        "A judge denied a request by President Jair Bolsonaro to meet Joe Biden.",
        ("Jair Bolsonaro + Joe Biden", "cancelled", "in-person", "-", "-"),
    ),
    (
        "Chile and Peru said their presidents would meet in July.",
        ("Francisco Sagasti + Sebastián Piñera", "planned", "in-person", "2021-07", "-"),
    ),
    (
        "NATO and the Arab League postponed a meeting of their foreign ministers.",
        (
            "foreign ministers of the Arab League + foreign ministers of the North Atlantic "
            "Treaty Organization",
            "cancelled",
            "in-person",
            "-",
            "-",
        ),
    ),
    (
        "Talks hosted by Egypt between Israel and Hamas ended in Cairo.",
        ("Egypt + Hamas + Israel", "held", "in-person", "-", "Cairo"),
    ),
    (
        "Joe Biden skipped a meeting requested by Foreign Minister Heiko Maas.",
        ("Heiko Maas + Joe Biden", "cancelled", "in-person", "-", "-"),
    ),
    (
        "Jake Sullivan met Prime Minister Masrour Barzani of Iraq's Kurdistan Regional Government.",
        ("Jake Sullivan + Masrour Barzani", "held", "in-person", "-", "-"),
    ),
    (
        "Jake Sullivan met Deputy Chairman Ann Lee of Sudan's Sovereign Council.",
        ("Ann Lee + Jake Sullivan", "held", "in-person", "-", "-"),
    ),
    (
        "In 1984, President Francois Mitterrand took Chancellor Helmut Kohl's hand.",
        ("François Mitterrand + Helmut Kohl", "held", "in-person", "1984", "-"),
    ),
    (
        "Joe Biden will be accompanied in the park by Yoshihide Suga.",
        ("Joe Biden + Yoshihide Suga", "planned", "in-person", "-", "-"),
    ),
    (
        '"I met with Sergei Lavrov on Monday," Heiko Maas told the paper.',
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "2021-06-07", "-"),
    ),
    (
        "During Monday's meeting with Heiko Maas, Sergei Lavrov raised the treaty.",
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "2021-06-07", "-"),
    ),
    (
        "The talks that Heiko Maas and Sergei Lavrov held on Sunday were frank.",
        ("Heiko Maas + Sergey Lavrov", "held", "unknown", "2021-06-06", "-"),
    ),
    (
        "Heiko Maas met Sergei Lavrov days before the election.",
        ("Heiko Maas + Sergey Lavrov", "held", "in-person", "-", "-"),
    ),
]


@pytest.mark.parametrize(("text", "meeting"), TOLD)
def test_a_sentence_tells_of_one_meeting(text: str, meeting: tuple[str, ...]) -> None:
    assert meetings(text) == [meeting]


MORE = [
    ("Melania Trump met Brigitte Macron in Paris.", ["Brigitte Macron + Melania Trump"]),
    # an occasion that brings two together
    ("Emmanuel Macron joined Angela Merkel at a ceremony in Bonn.",
     ["Angela Merkel + Emmanuel Macron"]),
    ("Emmanuel Macron joined Angela Merkel in calling for peace.", []),
    ("Joe Biden and Boris Johnson played golf in Cornwall.", ["Boris Johnson + Joe Biden"]),
    ("Joe Biden played golf with Boris Johnson.", ["Boris Johnson + Joe Biden"]),
    ("Joe Biden and Boris Johnson play a part.", []),
    ("Leaders from 20 countries gathered in Rome on Sunday at the invitation of Mario Draghi.",
     ["Leaders from 20 countries + Mario Draghi"]),
    # a journey together to the country of one of them, not to a third
    ("Vladimir Putin and Alexander Lukashenko visited Sochi.",
     ["Alexander Lukashenko + Vladimir Putin"]),
    ("Vladimir Putin and Alexander Lukashenko visited Ankara.", []),
    # calls to several are a call to each
    ("Emmanuel Macron phoned Vladimir Putin and Joe Biden.",
     ["Emmanuel Macron + Vladimir Putin", "Emmanuel Macron + Joe Biden"]),
    ("Vladimir Putin congratulated Xi Jinping and Narendra Modi by phone.",
     ["Vladimir Putin + Xi Jinping", "Narendra Modi + Vladimir Putin"]),
    # what "with" belongs to
    ("Joe Biden and Emmanuel Macron discussed efforts in close coordination with partners.",
     ["Emmanuel Macron + Joe Biden"]),
    ("Joe Biden and Emmanuel Macron discussed the war with Russia.",
     ["Emmanuel Macron + Joe Biden"]),
    # no meeting of their own
    ("Joe Biden thanked Emmanuel Macron for his support in these negotiations.", []),
    ("Joe Biden met Boris Johnson in Carbis Bay. The two sides had constructive discussions.",
     ["Boris Johnson + Joe Biden"]),
    ("Joe Biden spoke with Mario Draghi. The leaders agreed to continue their dialogue.",
     ["Joe Biden + Mario Draghi"]),
    ("Leaders met in Geneva on Monday.", []),
    ("Angela Merkel spoke with leaders about trade.", []),
    ("Angela Merkel spoke with leaders of the oil industry.",
     ["Angela Merkel + leaders of the oil industry"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "participants"), MORE)
def test_who_met(text: str, participants: list[str]) -> None:
    assert [m[0] for m in meetings(text)] == participants


ABSENT = [  # who stayed away, or was kept out, did not meet whom the article is about
    ("Joe Biden held a summit with leaders of the G20 in Rome. Joe Biden was content. Vladimir "
     "Putin is boycotting the meeting.", ("Joe Biden + Vladimir Putin", "cancelled")),
    ("Joe Biden met Xi Jinping in Rome. Joe Biden smiled. Vladimir Putin refused to attend this "
     "year's summit.", ("Joe Biden + Vladimir Putin", "cancelled")),
    ("Joe Biden met Vladimir Putin in Rome. Joe Biden smiled. Volodymyr Zelensky was not invited "
     "to the summit.", ("Joe Biden + Volodymyr Zelensky", "cancelled")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "absent"), ABSENT)
def test_who_stayed_away(text: str, absent: tuple[str, str]) -> None:
    assert [m[:2] for m in meetings(text)][1:] == [absent]


NONE = [
    "Joe Biden was accompanied by Antony Blinken.",
    "Joe Biden took his hand off the wheel.",
    "Chad and Sudan exchanged fire on Monday.",
    "British troops fought alongside Angela Merkel's allies.",
    "Joe Biden spoke to reporters before leaving for Rome.",
    "The company's results met expectations.",
    "Shareholders of the bank met in Munich on Wednesday.",
    "Real Madrid met Bayern Munich in the final.",
    "The proposal met resistance in the Senate.",
    "Boris Johnson called Joe Biden a friend.",
    "Boris Johnson called negotiations with Iran a waste of time.",
    "Joe Biden welcomed Emmanuel Macron's decision.",
    "Joe Biden told reporters that the plan was ready.",
    "Angela Merkel told Reuters that she was content.",
    "The court sat down to read the verdict.",
    "If Joe Biden meets Kim Jong-un, markets will rise.",
    "Will Joe Biden meet Kim Jong-un?",
    "Emmanuel Macron called for talks.",
]


@pytest.mark.parametrize("text", NONE)
def test_sport_business_and_mere_talk_are_no_meetings(text: str) -> None:
    assert meetings(text) == []


def test_an_enumeration_stands_for_the_plural_before_it() -> None:
    text = "Iran held talks in Vienna with the three powers -- Britain, France and Germany."
    assert [m[0] for m in meetings(text)] == ["France + Germany + Iran + United Kingdom"]


def test_office_holders_named_behind_their_offices_are_they() -> None:
    text = "The prime ministers of Greece and Bulgaria, Alexis Tsipras and Boyko Borissov, met."
    assert [m[0] for m in meetings(text)] == ["Alexis Tsipras + Boyko Borissov"]


def test_several_calls_are_one_meeting_each() -> None:
    text = "Vladimir Putin held phone calls with Emmanuel Macron and Olaf Scholz on Monday."
    assert [m[0] for m in meetings(text)] == [
        "Emmanuel Macron + Vladimir Putin",
        "Olaf Scholz + Vladimir Putin",
    ]


def test_one_after_the_other_are_two_meetings() -> None:
    text = "Wendy Sherman met with Chinese officials in Tianjin and with Wang Yi."
    assert [m[0] for m in meetings(text)] == [
        "Chinese officials + Wendy Sherman",
        "Wang Yi + Wendy Sherman",
    ]


def test_in_the_record_of_a_conversation_of_two_we_are_both() -> None:
    text = (
        "Vladimir Putin had a meeting with Nikol Pashinyan.\n"
        "Vladimir Putin: Good evening. Last time we met was in Yerevan in 2019.\n"
        "Nikol Pashinyan: Thank you.\n"
        "Vladimir Putin: Thank you."
    )
    assert [m[:4] for m in meetings(text)] == [
        ("Nikol Pashinyan + Vladimir Putin", "held", "in-person", "-"),
        ("Nikol Pashinyan + Vladimir Putin", "held", "in-person", "2019"),
    ]


def test_who_only_comes_along_is_left_out() -> None:
    text = "Joe Biden met Prime Minister Mario Draghi and senior aides in Rome."
    assert [m[0] for m in meetings(text)] == ["Joe Biden + Mario Draghi"]


def test_the_members_of_a_delegation_meet() -> None:
    text = (
        "A delegation led by Deputy Secretary of State Wendy Sherman arrived in Jakarta on Monday. "
        "The delegation met Indonesian President Joko Widodo."
    )
    assert [m[0] for m in meetings(text)] == ["Joko Widodo + Wendy Sherman"]


def test_a_transcript_of_officials_of_two_states_is_a_meeting() -> None:
    text = (
        "East Room\n\nPRESIDENT BIDEN: Welcome to the White House.\n\n"
        "PRIME MINISTER DRAGHI: Thank you. It is good to be here.\n\n"
        "PRESIDENT BIDEN: We have much to do.\n"
    )
    title = "Remarks by President Biden and Prime Minister Draghi of Italy Before a Meeting"
    assert meetings(text, title) == [("Joe Biden + Mario Draghi", "held", "in-person", "-", "-")]


def test_officials_of_one_state_who_take_turns_have_not_met() -> None:
    text = (
        "PRESIDENT BIDEN: Good morning.\n\nVICE PRESIDENT HARRIS: Good morning.\n\n"
        "PRESIDENT BIDEN: Let us begin.\n"
    )
    assert meetings(text) == []


def test_a_state_is_its_delegation_where_the_members_are_named() -> None:
    text = (
        "Antony Blinken leads a team to Geneva for talks with Iran. The meeting will take place "
        "on June 14 and the Iranian delegation is expected to include Mohammad Javad Zarif and "
        "Abbas Araghchi."
    )
    assert meetings(text) == [
        (
            "Abbas Araghchi + Antony Blinken + Mohammad Javad Zarif",
            "planned",
            "in-person",
            "2021-06-14",
            "Geneva",
        )
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The talks between ministers and reporters were held on Tuesday in Oslo.",
        "The meeting of the delegations and journalists was long.",
        "General Motors opened a plant in Flint. The company met its dealers on Monday.",
    ],
)
def test_one_side_alone_has_met_nobody(text: str) -> None:
    assert meetings(text) == []
