"""What came from the net does not lead into somebody's own network."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from serving import Answer, serving

from kb.errors import ReadError
from kb.model import Article
from kb.read import ReadFailure, reach, read_paths, stream
from kb.read.reach import Reach, is_public
from kb.read.web import fetch

PAGE = (
    b"<!doctype html><html><body><article><p>Bo Chan will visit Rome on Monday and meet Anna Lee "
    b"there, his office said on Saturday.</p></article></body></html>"
)
HTML = {"Content-Type": "text/html"}


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("64:ff9b::5db8:d822", True),
        ("127.0.0.1", False),
        ("127.255.0.3", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("100.64.0.1", False),
        ("169.254.169.254", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("fd00::1", False),
        ("fe80::1%eth0", False),
        ("ff02::1", False),
    ],
)
def test_addresses(address: str, public: bool) -> None:
    assert is_public(address) is public


REACHED = [
    # the address that was named, where it is, then: host, port, where it is, and whether it may be
    ("http://localhost:8000/feed", "127.0.0.1", "localhost", 8000, "127.0.0.1", True),
    ("http://localhost:8000/feed", "127.0.0.1", "localhost", 80, "127.0.0.1", True),
    ("http://localhost:8000/feed", "127.0.0.1", "localhost", 9200, "127.0.0.1", False),
    ("http://localhost:8000/feed", "127.0.0.1", "169.254.169.254", 80, "169.254.169.254", False),
    ("http://localhost:8000/feed", "127.0.0.1", "news.example", 443, "93.184.216.34", True),
    ("http://Wiki.intra/feed", "10.0.0.5", "wiki.intra", 443, "10.0.0.5", True),
    ("http://wiki.intra/feed", "10.0.0.5", "other.intra", 80, "10.0.0.6", False),
    ("http://news.example/feed", "93.184.216.34", "localhost", 80, "127.0.0.1", False),
    # a name of the net that resolves to an inner address the second time
    ("http://news.example/feed", "93.184.216.34", "news.example", 80, "127.0.0.1", False),
    ("http://[::1]:8000/feed", "::1", "::1", 8000, "::1", True),
    (None, None, "localhost", 80, "127.0.0.1", False),
    (None, None, "news.example", 80, "93.184.216.34", True),
]


@pytest.mark.parametrize(("named", "first", "host", "port", "address", "allowed"), REACHED)
def test_what_may_be_reached(
    named: str | None, first: str | None, host: str, port: int, address: str, allowed: bool
) -> None:
    within = Reach(named)
    if named and first:
        parts = urlsplit(named)
        assert within.allows(parts.hostname or "", parts.port or 80, first)
        within.connected(parts.hostname or "", parts.port or 80, first)
    assert within.allows(host, port, address) is allowed


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let names stand for machines: those of ``public`` are of the net, others are told their
    address. All of them are this machine in truth."""

    def names(public: list[str], inner: dict[str, str]) -> None:
        really = socket.getaddrinfo

        def look_up(host: str, *args: Any, **options: Any) -> Any:
            return really(
                "127.0.0.1" if host in public or host in inner else host, *args, **options
            )

        monkeypatch.setattr(reach.socket, "getaddrinfo", look_up)
        allows = Reach.allows

        def by_name(self: Reach, host: str, port: int, address: str) -> bool:
            return host in public or allows(self, host, port, inner.get(host, address))

        def noted(self: Reach, host: str, port: int, address: str) -> None:
            connected(self, host, port, "93.184.216.34" if host in public else address)

        connected = Reach.connected
        monkeypatch.setattr(Reach, "allows", by_name)
        monkeypatch.setattr(Reach, "connected", noted)

    return names


def feed(*links: str) -> bytes:
    items = "".join(
        f"<item><title>T{n}</title><link>{link}</link><description>x</description></item>"
        for n, link in enumerate(links)
    )
    return f"<rss version='2.0'><channel><title>W</title>{items}</channel></rss>".encode()


def said(items: Any) -> list[str]:
    return [
        "read" if isinstance(item, Article) else str(item.error)
        for item in items
        if isinstance(item, (Article, ReadFailure))
    ]


def test_links_of_a_public_feed_lead_to_public_pages_only(elsewhere: Callable[..., None]) -> None:
    elsewhere(["news.example"], {"rebound.example": "10.0.0.1"})
    answers: dict[str, Answer] = {
        "/page": (200, HTML, PAGE),
        "/away": (302, {"Location": "{root}/page"}, b""),
    }
    agents: list[str] = []
    with serving(answers, agents) as root:
        port = root.rpartition(":")[2]
        answers["/feed"] = (200, {}, feed(
            f"http://news.example:{port}/page",
            f"{root}/page",
            f"http://localhost:{port}/page",
            f"http://2130706433:{port}/page",
            f"http://rebound.example:{port}/page",
            f"http://news.example:{port}/away",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::ffff:127.0.0.1]/",
            "https://[::1]/",
        ))  # fmt: skip
        told = said(read_paths([f"http://news.example:{port}/feed"], fetch=True))
    assert told[0] == "read"
    assert len(told) == 9
    for one in told[1:]:
        assert "belongs to an inner network, where nothing from elsewhere may lead" in one
    assert len(agents) == 3, "the feed, its page, and the redirect: nothing else was asked"


def test_a_redirect_does_not_lead_inside(elsewhere: Callable[..., None]) -> None:
    elsewhere(["news.example"], {})
    answers: dict[str, Answer] = {
        "/page": (200, HTML, PAGE),
        "/away": (302, {"Location": "{root}/page"}, b""),
        "/on": (301, {"Location": "/page"}, b""),
    }
    with serving(answers) as root:
        port = root.rpartition(":")[2]
        [away] = said(read_paths([f"http://news.example:{port}/away"]))
        [on] = said(read_paths([f"http://news.example:{port}/on"]))
    assert "127.0.0.1 belongs to an inner network" in away
    assert on == "read"


def test_a_feed_that_somebody_names_may_be_local() -> None:
    with serving({"/page": (200, HTML, PAGE), "/feed": (200, {}, feed("{root}/page"))}) as root:
        assert said(read_paths([f"{root}/feed"], fetch=True)) == ["read"]
        assert said(read_paths([f"{root}/page"])) == ["read"]


def test_links_of_a_feed_on_disk_are_of_the_net(tmp_path: Path) -> None:
    with serving({"/page": (200, HTML, PAGE)}) as root:
        (tmp_path / "a.rss").write_bytes(feed(f"{root}/page"))
        [told] = said(read_paths([tmp_path / "a.rss"], fetch=True))
    assert "127.0.0.1 belongs to an inner network" in told


def test_through_a_proxy_the_link_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy may be of an inner network; where it is sent may not."""
    agents: list[str] = []
    with serving({"http://192.0.0.8/x": (200, HTML, PAGE)}, agents) as root:
        monkeypatch.setenv("http_proxy", root)
        [told] = said(linked("http://127.0.0.1:1/x"))
        assert "belongs to an inner network" in told
        [told] = said(linked("http://unheard-of.invalid/x"))
        assert "404" in told, "the proxy was asked"
    assert len(agents) == 1


def linked(link: str) -> Any:
    """What becomes of a feed on disk that links a page."""
    run = stream.Run(fetch=True)
    return stream.read_stream(io.BytesIO(feed(link)), run, stream.Origin("feed", "feed", ".rss"))


def test_https_is_wrapped_where_it_is_allowed() -> None:
    """A connection that is allowed is made over TLS: a server without it is no answer."""
    with serving({"/page": (200, HTML, PAGE)}) as root:
        url = root.replace("http", "https") + "/page"
        with pytest.raises(ReadError, match=r"the page cannot be fetched: .*(SSL|TLS|record)"):
            fetch(url, Reach(url))


def test_a_feed_announces_so_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MOST_FETCHED", 2)
    sentences: list[str] = []
    links = ["{root}/page", "{root}/page2", "{root}/page3"]
    answers = {link.removeprefix("{root}"): (200, HTML, PAGE) for link in links}
    with serving({**answers, "/feed": (200, {}, feed(*links))}) as root:
        items = list(read_paths([f"{root}/feed"], fetch=True, tell=sentences.append))
    texts = [item.text for item in items if isinstance(item, Article)]
    assert [len(text) > 10 for text in texts] == [True, True, False]
    assert any("the pages of its first 2 entries are fetched, no more" in s for s in sentences)
