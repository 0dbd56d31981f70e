"""The terms of the knowledge base, each written down once: a typo fails in the type checker and,
at run time, with an ``AttributeError``. A test holds ``DIP`` to the ontology file.
"""

from __future__ import annotations

from typing import Final

from pyoxigraph import NamedNode

from kb.model import ActorType, Medium, Status
from kb.reports import Standing

NAMESPACE: Final = "https://w3id.org/diplomatic-kb/ontology#"
GRAPHS: Final = "https://w3id.org/diplomatic-kb/graph/"


def _dip(name: str) -> NamedNode:
    return NamedNode(NAMESPACE + name)


class DIP:
    """Terms of the ontology (``ontology/diplomatic-kb.ttl`` and ``codes.ttl``)."""

    Actor: Final = _dip("Actor")
    Person: Final = _dip("Person")
    Role: Final = _dip("Role")
    State: Final = _dip("State")
    Organization: Final = _dip("Organization")
    Group: Final = _dip("Group")
    Event: Final = _dip("Event")
    Meeting: Final = _dip("Meeting")
    Visit: Final = _dip("Visit")
    Statement: Final = _dip("Statement")
    Report: Final = _dip("Report")
    MeetingReport: Final = _dip("MeetingReport")
    VisitReport: Final = _dip("VisitReport")
    StatementReport: Final = _dip("StatementReport")
    Evidence: Final = _dip("Evidence")
    Article: Final = _dip("Article")
    Place: Final = _dip("Place")
    Office: Final = _dip("Office")
    Tenure: Final = _dip("Tenure")
    Judgement: Final = _dip("Judgement")
    Verdict: Final = _dip("Verdict")
    Status: Final = _dip("Status")
    Medium: Final = _dip("Medium")

    participant: Final = _dip("participant")
    visitor: Final = _dip("visitor")
    speaker: Final = _dip("speaker")
    addressee: Final = _dip("addressee")
    met: Final = _dip("met")
    actsFor: Final = _dip("actsFor")
    actedFor: Final = _dip("actedFor")
    involves: Final = _dip("involves")
    place: Final = _dip("place")
    inCountry: Final = _dip("inCountry")
    status: Final = _dip("status")
    medium: Final = _dip("medium")
    reportedBy: Final = _dip("reportedBy")
    inArticle: Final = _dip("inArticle")
    evidence: Final = _dip("evidence")
    wording: Final = _dip("wording")
    holder: Final = _dip("holder")
    office: Final = _dip("office")
    officeOf: Final = _dip("officeOf")

    date: Final = _dip("date")
    earliest: Final = _dip("earliest")
    latest: Final = _dip("latest")
    firstReported: Final = _dip("firstReported")
    text: Final = _dip("text")
    quoted: Final = _dip("quoted")
    domestic: Final = _dip("domestic")
    officeTold: Final = _dip("officeTold")
    countryCode: Final = _dip("countryCode")
    exact: Final = _dip("exact")
    startOffset: Final = _dip("startOffset")
    endOffset: Final = _dip("endOffset")
    key: Final = _dip("key")
    title: Final = _dip("title")
    source: Final = _dip("source")
    url: Final = _dip("url")
    published: Final = _dip("published")
    language: Final = _dip("language")
    textDigest: Final = _dip("textDigest")
    codedBy: Final = _dip("codedBy")
    since: Final = _dip("since")
    until: Final = _dip("until")
    asOf: Final = _dip("asOf")
    sourceCount: Final = _dip("sourceCount")
    articleCount: Final = _dip("articleCount")
    internalKey: Final = _dip("internalKey")
    nameKey: Final = _dip("nameKey")
    shortKey: Final = _dip("shortKey")
    blockKey: Final = _dip("blockKey")
    accountKey: Final = _dip("accountKey")
    joinKey: Final = _dip("joinKey")
    spellingKey: Final = _dip("spellingKey")

    judged: Final = _dip("judged")
    verdict: Final = _dip("verdict")
    same: Final = _dip("same")
    different: Final = _dip("different")
    reason: Final = _dip("reason")

    held: Final = _dip("held")
    planned: Final = _dip("planned")
    proposed: Final = _dip("proposed")
    cancelled: Final = _dip("cancelled")
    denied: Final = _dip("denied")
    disputed: Final = _dip("disputed")

    inPerson: Final = _dip("inPerson")
    byPhone: Final = _dip("byPhone")
    byVideo: Final = _dip("byVideo")
    mediumUnknown: Final = _dip("mediumUnknown")


class RDF:
    type: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    first: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
    rest: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#rest")
    value: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#value")


class RDFS:
    label: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    subClassOf: Final = NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")


class SH:
    """SHACL, which nothing but the shapes speaks."""

    NAMESPACE: Final = "http://www.w3.org/ns/shacl#"
    NodeShape: Final = NamedNode(NAMESPACE + "NodeShape")
    PropertyShape: Final = NamedNode(NAMESPACE + "PropertyShape")

    @staticmethod
    def term(local: str) -> NamedNode:
        """A term by its local name; kb/check/shapes.py says which are known."""
        return NamedNode(SH.NAMESPACE + local)


class SKOS:
    altLabel: Final = NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
    prefLabel: Final = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    notation: Final = NamedNode("http://www.w3.org/2004/02/skos/core#notation")
    inScheme: Final = NamedNode("http://www.w3.org/2004/02/skos/core#inScheme")
    broader: Final = NamedNode("http://www.w3.org/2004/02/skos/core#broader")
    exactMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")
    closeMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#closeMatch")
    broadMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#broadMatch")
    relatedMatch: Final = NamedNode("http://www.w3.org/2004/02/skos/core#relatedMatch")


class DCTERMS:
    isReplacedBy: Final = NamedNode("http://purl.org/dc/terms/isReplacedBy")


class XSD:
    date: Final = NamedNode("http://www.w3.org/2001/XMLSchema#date")
    integer: Final = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    decimal: Final = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    double: Final = NamedNode("http://www.w3.org/2001/XMLSchema#double")
    float: Final = NamedNode("http://www.w3.org/2001/XMLSchema#float")
    boolean: Final = NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    string: Final = NamedNode("http://www.w3.org/2001/XMLSchema#string")
    anyURI: Final = NamedNode("http://www.w3.org/2001/XMLSchema#anyURI")


EDTF: Final = NamedNode("http://id.loc.gov/datatypes/edtf/EDTF")
"""The datatype of dates as told (https://id.loc.gov/datatypes/edtf.html)."""

EVENT_CODES: Final = "https://w3id.org/diplomatic-kb/event-codes#"
"""The concepts of ``ontology/event-codes.ttl``."""

WIKIDATA: Final = "http://www.wikidata.org/entity/"


class GRAPH:
    """The graphs beside those of the articles."""

    derived: Final = NamedNode(GRAPHS + "derived")
    gazetteer: Final = NamedNode(GRAPHS + "gazetteer")
    judgements: Final = NamedNode(GRAPHS + "judgements")
    journal: Final = NamedNode(GRAPHS + "journal")
    """What a store of another program is about to be changed by; no part of a knowledge base."""


ACTOR_CLASS: Final[dict[ActorType, NamedNode]] = {
    "person": DIP.Person,
    "role": DIP.Role,
    "state": DIP.State,
    "organization": DIP.Organization,
    "group": DIP.Group,
}

STATUS_CODE: Final[dict[Status, NamedNode]] = {
    "held": DIP.held,
    "planned": DIP.planned,
    "proposed": DIP.proposed,
    "cancelled": DIP.cancelled,
    "denied": DIP.denied,
}

STANDING_CODE: Final[dict[Standing, NamedNode]] = {
    "held": DIP.held,
    "planned": DIP.planned,
    "proposed": DIP.proposed,
    "cancelled": DIP.cancelled,
    "denied": DIP.denied,
    "disputed": DIP.disputed,
}

MEDIUM_CODE: Final[dict[Medium, NamedNode]] = {
    "in-person": DIP.inPerson,
    "phone": DIP.byPhone,
    "video": DIP.byVideo,
    "unknown": DIP.mediumUnknown,
}

PREFIXES: Final[dict[str, str]] = {
    "dip": NAMESPACE,
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "wd": WIKIDATA,
}
