"""Addresses of stores, and how they are shown: without a name, a password or a key."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit


def is_address(path: object) -> bool:
    """Whether something that names a store is the address of an endpoint."""
    return str(path).lower().startswith(("http://", "https://"))


def without_credentials(url: str) -> str:
    """An address as it is asked: without the name and the password that it may hold."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2], fragment=""))


def shown(url: str) -> str:
    """An address as people may see it: a query, where some services have a key, is left out. A path
    stays as it is."""
    if "://" not in url:
        return url
    parts = urlsplit(without_credentials(url))
    return urlunsplit(parts._replace(query="")) + ("?…" if parts.query else "")
