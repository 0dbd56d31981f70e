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
    (
        "Fill it",
        {
            "demo": ("adding", "Build a small knowledge base and ask it something."),
            "add": ("adding", "Put articles into the knowledge base."),
            "extract": ("extracting", "Print what articles tell, without storing it."),
            "remove": ("about", "Take articles out again."),
        },
    ),
    (
        "Ask it",
        {
            "who-met": ("asking", "Who met whom."),
            "visits": ("asking", "Who visited where."),
            "statements": ("asking", "Who said what to whom."),
            "show": ("showing", "One event, article or actor in full."),
        },
    ),
    (
        "Look into it",
        {
            "actors": ("asking", "Who is in the knowledge base."),
            "articles": ("about", "The articles it holds."),
            "stats": ("about", "How much it holds."),
        },
    ),
    (
        "Correct it",
        {
            "review": ("judging", "What is unsure, to be judged."),
            "conflicts": ("judging", "Where reports disagree."),
            "same": ("judging", "Two actors or events are one."),
            "different": ("judging", "Two actors or events are not one."),
            "forget": ("judging", "Take a judgement back."),
            "judgements": ("judging", "What people have judged."),
        },
    ),
    (
        "SPARQL",
        {
            "ask": ("querying", "Ask a named question."),
            "query": ("querying", "Ask in SPARQL."),
            "queries": ("querying", "The named queries."),
        },
    ),
    (
        "Carry it",
        {
            "export": ("moving", "Write everything out: RDF, CSV, a network, event data."),
            "import": ("moving", "Take in what another knowledge base has exported."),
        },
    ),
    (
        "Check it",
        {
            "check": ("checking", "Validate the data: SHACL shapes, OWL reasoning."),
        },
    ),
    (
        "This program",
        {
            "gazetteer": ("gazetteer", "Who held which office: bring it up to date."),
            "info": ("about", "Versions, and what lies where."),
            "completion": ("about", "Let the shell complete what you type."),
        },
    ),
)
