"""Who asks a remote store: credentials out of the environment or netrc.

They are added to a request when it is sent, to the host that was named and to no other; nothing
that can be printed holds them.
"""

from __future__ import annotations

import base64
import netrc
import os
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import unquote, urlsplit

from kb.errors import StoreError

Scheme = Literal["bearer", "basic", "digest"]

TOKEN = "KB_STORE_TOKEN"
USER = "KB_STORE_USER"
PASSWORD = "KB_STORE_PASSWORD"
HOW = "KB_STORE_AUTH"

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or a name and a password; nothing at all where both are empty.

    ``how`` is what was asked for: ``basic``, ``digest``, or empty, which is what the server asks
    for.
    """

    token: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    how: str = ""

    def __bool__(self) -> bool:
        return bool(self.token or self.user)

    @classmethod
    def find(cls, url: str, environ: Mapping[str, str] | None = None) -> Credentials:
        """Those of the environment, else of the address itself, else of netrc.

        Raises ``StoreError`` for a name without a password, and a netrc that cannot be read.
        """
        given = os.environ if environ is None else environ
        how = given.get(HOW, "").strip().lower()
        if how not in ("", "basic", "digest"):
            raise StoreError(f"{HOW} is neither basic nor digest", "leave it out, or set one")
        if token := given.get(TOKEN, "").strip():
            if not token.isprintable() or not token.isascii():
                raise StoreError(f"{TOKEN} has signs in it that no token has")
            return cls(token=token)
        user, password = given.get(USER, ""), given.get(PASSWORD)
        if user:
            if password is None:
                raise StoreError(f"{USER} is set and {PASSWORD} is not", "set both, or neither")
            return cls(user=user, password=password, how=how)
        parts = urlsplit(url)
        if parts.username:
            return cls(
                user=unquote(parts.username), password=unquote(parts.password or ""), how=how
            )
        user, password = _of_netrc(parts.hostname or "", given.get("NETRC"))
        return cls(user=user, password=password, how=how)

    def hide(self, text: str) -> str:
        """A text of the server without the secrets, should it repeat them."""
        secrets = [self.token, self.password]
        if self.user:
            secrets.append(self._basic())
        for secret in filter(None, secrets):
            text = text.replace(secret, HIDDEN)
        return text

    def _basic(self) -> str:
        return base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")


class Authorization:
    """Signs the requests to one address. What a server asks for is remembered."""

    def __init__(self, credentials: Credentials, url: str) -> None:
        self.credentials = credentials
        parts = urlsplit(url)
        self._scheme: Scheme | None = None
        self._challenge: dict[str, str] = {}
        self._guessed = False
        self._digest: urllib.request.AbstractDigestAuthHandler | None = None
        if credentials.token:
            self._scheme = "bearer"
        elif credentials.user and credentials.how != "digest":
            # a password goes out unasked only where nobody on the way can read it
            safe = parts.scheme == "https" or (parts.hostname or "") in LOOPBACK
            if safe or credentials.how == "basic":
                self._scheme = "basic"
                self._guessed = credentials.how != "basic"

    def header(self, request: urllib.request.Request) -> str | None:
        """The value of ``Authorization`` for a request; None as long as there is nothing to say."""
        if self._scheme == "bearer":
            return f"Bearer {self.credentials.token}"
        if self._scheme == "basic":
            return f"Basic {self.credentials._basic()}"
        if self._scheme == "digest" and self._digest is not None:
            try:
                told = self._digest.get_authorization(request, self._challenge)
            except UnicodeEncodeError:
                raise StoreError(
                    "the store asks for a digest of name and password, which have to be ASCII",
                    "change the password, or use a token",
                ) from None
            return f"Digest {told}" if told else None
        return None

    def challenged(self, challenges: list[str], url: str) -> bool:
        """Take in what a server asks for with 401; whether another attempt makes sense."""
        if not self.credentials.user:
            return False
        asked = {text.split(None, 1)[0].lower(): text for text in challenges if text.strip()}
        if "digest" in asked and self.credentials.how != "basic":
            told = asked["digest"].partition(" ")[2]
            challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(told))
            stale = challenge.get("stale", "").lower() == "true"
            again = self._scheme != "digest" or stale
            manager = urllib.request.HTTPPasswordMgrWithDefaultRealm()
            manager.add_password(None, url, self.credentials.user, self.credentials.password)
            self._digest = urllib.request.AbstractDigestAuthHandler(manager)
            self._challenge, self._scheme = challenge, "digest"
            return again
        if self._guessed and "basic" not in asked:
            self._guessed, self._scheme = False, None
            return True  # who knows only a digest may ask for it only where nothing was sent
        if "basic" in asked and self._scheme is None and self.credentials.how != "digest":
            self._scheme = "basic"
            return True
        return False


def _of_netrc(host: str, path: str | None) -> tuple[str, str]:
    try:
        found = netrc.netrc(path).authenticators(host) if host else None
    except FileNotFoundError:
        return "", ""
    except netrc.NetrcParseError as error:  # its message may have a password in it
        raise StoreError(
            f"{path or '~/.netrc'} is malformed in line {error.lineno}", "correct it"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is no text"
        raise StoreError(f"{path or '~/.netrc'} cannot be read: {reason}") from None
    if found is None:
        return "", ""
    return found[0] or found[1] or "", found[2] or ""
