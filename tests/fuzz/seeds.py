"""What fuzzing starts from: words of news, files of each format, queries, an export."""

from __future__ import annotations

import gzip
import json
from functools import cache

from kb import KnowledgeBase

SUFFIXES = (".txt", ".md", ".html", ".rss", ".atom", ".jsonl", ".json", ".xml", "")

_WORDS = """
Anna Lee|Bo Chan|Xi Jinping|Putin|Lavrov|Merkel|President|Prime Minister|Foreign Minister|minister
|the Chinese president|leaders of both countries|his counterpart|her delegation|officials|Germany
|China|U.S.|U.S.-Japan|the United Nations|NATO|Kremlin|Moscow|Rome|Bonn|Washington|he|she|they|who
|it|we|his|her|their|I|met|meets|will meet|have met|was met by|held talks with|talks|summit|meeting
|visit|visited|arrived in|flew to|will travel to|called|phoned|by phone|spoke with|said|says|told
|told reporters|according to|citing|denied|cancelled|postponed|proposed|planned|agreed to|was to
|did not|never|not|if|would|could|might|may|and|or|but|,|,|, and|;|:|.|.|.|?|!|…|--|—|-|–|(|)|[|]
|“|”|‘|’|"|'|''|``|«|»|„|’s|'s|s’|in|on|at|to|from|with|between|of|for|by|after|before|during|the|a
|an|both|two|three|20|2019|12 June|June 12, 2018|Monday|last week|next month|yesterday|today
|tomorrow|two days ago|early in May|on the sidelines of|, who|, which|that|there|where|when|while
|as well as|along with|including|also|then|later|earlier|new|former|ex-|senior|special envoy
|spokesman|spokeswoman|ambassador|secretary of state|King|Pope Francis|Dr.|Mr.|Mrs.|Sen.|Gen.|Lt.
|joint statement|statement|peace|trade|ties|cooperation|sanctions|agreement|treaty|we will talk
|MOSCOW (Reuters) -|BEIJING, June 12 (Xinhua) --|Q:|A:|PRESIDENT LEE:|Lee:|*|•|#|1.|2)|[ad_1]
|Read more:|Advertisement|(Reporting by A. B. Lee)|https://www.example.org/a|@lee|é|ü|中|😀|\u200b
|\u202e|\u00a0|\u00ad|\ufeff|\ufffd|x|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|0|00:00|1,000|$5|%|/|\\|&amp;|<b>
"""
_SINGLES = "\n|\n|\n\n|\t|  ||"
PIECES = tuple(
    [f"{word} " for word in _WORDS.replace("\n|", "|").strip().split("|")] + _SINGLES.split("|")
)
"""What a byte stands for in a text that resembles news."""

_TEXT = (
    "Anna Lee met Bo Chan in Bonn on Friday.\nThey will meet again in Rome next week, the minister "
    "said.\n“All is well,” Chan told reporters after the talks.\n"
)
_RECORD = {"id": "1", "title": "Talks", "published": "2020-03-01", "source": "W", "text": _TEXT}
_PAGE = (
    "<!doctype html><html><head><title>Talks in Bonn</title><meta charset='utf-8'>"
    "<meta property='article:published_time' content='2020-03-01T10:00:00Z'>"
    '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2020-03-01"}'
    "</script></head><body><nav><a href='/'>Home</a></nav><article><h1>Talks in Bonn</h1>"
    "<p>Anna Lee met Bo Chan in Bonn on Friday, her office said, and will meet him again.</p>"
    "<ul><li>One thing</li></ul><table><tr><td>x</td></tr></table></article></body></html>"
)
_RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Gazette</title>'
    "<item><title>Talks &amp; travel</title><link>https://gazette.example/1</link>"
    "<guid>1</guid><pubDate>Sun, 01 Mar 2020 10:00:00 GMT</pubDate><description>A.</description>"
    "<content:encoded><![CDATA[<p>Anna Lee met Bo Chan.</p>]]></content:encoded></item>"
    "</channel></rss>"
)
_ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>One</title>'
    '<id>urn:1</id><updated>2020-03-01T10:00:00Z</updated><content type="xhtml">'
    '<div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p></div></content></entry></feed>'
)
_FRONT = "---\ntitle: Talks\ndate: 2020-03-01\ntags: [a, b]\n---\n# Talks\n\n" + _TEXT

_FILES = {
    ".txt": [_TEXT, "MOSCOW (Reuters) - " + _TEXT],
    ".md": [_FRONT, "# Talks\n\n> *Anna* [Lee](https://e.org) met `Bo`.\n\n| a | b |\n|---|---|\n"],
    ".html": [_PAGE],
    ".rss": [_RSS],
    ".atom": [_ATOM],
    ".xml": [_RSS],
    ".jsonl": [json.dumps(_RECORD) + "\n" + json.dumps({**_RECORD, "id": "2"}) + "\n"],
    ".json": [json.dumps([_RECORD]), json.dumps(_RECORD, indent=1)],
    "": [_TEXT, json.dumps(_RECORD), _PAGE],
}

_QUERIES = (
    "SELECT ?service WHERE { GRAPH ?g { ?service a dip:Meeting ; rdfs:label 'a' } } # service",
    "PREFIX e: <http://e/> SELECT * { { ?a e:service 1 } UNION { ?a <http://e/service> ?b } }",
    "PREFIX service: <http://e/> ASK { ?a service:a ?b FILTER(?a < 1 && ?b > 'x>') }",
    'CONSTRUCT { ?a ?b """a "quoted" service""" } WHERE { SERVICE <http://e/> { ?a ?b ?c } }',
    "SELECT * { { SELECT * { SERVICE SILENT ?g { ?s ?p ?o } } } OPTIONAL { ?a e\\#:b ?c } }",
)


def file_seeds() -> list[bytes]:
    """A good file of each suffix, the first byte being the number of it; also gzipped."""
    out = []
    for number, suffix in enumerate(SUFFIXES):
        for text in _FILES[suffix]:
            for data in (text.encode(), text.encode("utf-16"), gzip.compress(text.encode())):
                out.append(bytes([number]) + data)
    return out


def prose_seeds() -> list[bytes]:
    """Sentences in the code of :data:`PIECES`."""
    index = {piece.strip(): number for number, piece in enumerate(PIECES)}
    sentences = (
        "Anna Lee|met|Bo Chan|in|Bonn|on|Monday|.",
        "Lavrov|will travel to|Rome|next month|,|the|spokesman|said|.",
        "“|we will talk|,|”|the Chinese president|told reporters|after|talks|with|Putin|.",
        "Merkel|,|who|met|Xi Jinping|last week|,|denied|a|summit|was|planned|.",
    )
    return [bytes(index[w] for w in s.split("|") if w in index) for s in sentences]


@cache
def export_seed() -> bytes:
    """An export of a knowledge base of one article."""
    import io

    out = io.BytesIO()
    with KnowledgeBase.memory() as kb:
        kb.add_text(_TEXT, title="Talks", published="2020-03-01", source="W", id="1")
        kb.export(out, "nquads")
    return out.getvalue()


def seeds(target: str) -> list[bytes]:
    """What the fuzzing of a target starts from."""
    texts = [_TEXT.encode(), "“He said ‘no’,” she said. 😀 é中".encode(), _FRONT.encode()]
    return {
        "read": file_seeds,
        "extract": prose_seeds,
        "store": prose_seeds,
        "any-text": lambda: texts,
        "mask": lambda: texts,
        "guard": lambda: [query.encode() for query in _QUERIES],
        "import": lambda: [export_seed(), *export_seed().splitlines(keepends=True)[:20]],
    }[target]()
