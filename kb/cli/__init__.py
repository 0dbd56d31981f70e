"""The command line: a thin face. Commands parse options, call the library, and print."""

from __future__ import annotations

import click

import kb
from kb.cli.base import Group, global_options

EPILOG = """\b
A first look:   kb demo
Your articles:  kb add news/*.txt feed.jsonl
Then ask:       kb who-met "Xi Jinping" --since 2023
                kb visits --by Lavrov
                kb statements --by "Kim Jong Un" --about cooperation
                kb show 3757d6d4     one event, with the sentences that prove it

Each command explains itself: kb who-met --help
"""


@click.group(
    cls=Group,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@global_options
@click.version_option(kb.__version__, prog_name="kb", help="Show the version and exit.")
def main() -> None:
    """Who met whom, who visited where, who said what to whom.

    kb reads news articles and keeps what they tell about diplomacy as a knowledge base that can be
    asked: every meeting, visit and statement with its status (held, planned, denied …), its date,
    its place, and the sentence that proves it. The knowledge base is a folder, ./kb-store unless
    --store or KB_STORE names another.
    """


main.sections = (
    ("Fill it", {"demo": "adding", "add": "adding", "extract": "extracting", "remove": "about"}),
    ("Ask it", dict.fromkeys(("who-met", "visits", "statements"), "asking") | {"show": "showing"}),
    ("Look into it", {"actors": "asking", "articles": "about", "stats": "about"}),
    (
        "Correct it",
        dict.fromkeys(
            ("review", "conflicts", "same", "different", "forget", "judgements"), "judging"
        ),
    ),
    ("SPARQL", dict.fromkeys(("ask", "query", "queries"), "querying")),
    ("Carry it", {"export": "moving", "import": "moving"}),
    ("Check it", {"check": "checking"}),
    ("This program", {"gazetteer": "gazetteer", "info": "about", "completion": "about"}),
)
