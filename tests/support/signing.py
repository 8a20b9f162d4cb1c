"""A reader with a browser of its own, as far as cookies and forms go; and the keys of a room."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import requests
from lxml import html
from support.waiting import PATIENCE

from stet.web.access.hashes import hashed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PASSWORD = "correct horse, käse"  # noqa: S105
TOKEN = "token-of-a-program"  # noqa: S105


@cache
def keys() -> dict[str, str]:
    """The hashes, as the configuration has them."""
    return {"password_hash": hashed(PASSWORD), "token_hash": hashed(TOKEN)}


class Reader:
    """One browser at the room at `url`; redirects are not followed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.browser = requests.Session()

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.browser.get(self.url + path, timeout=PATIENCE, allow_redirects=False, **options)

    def page(self, path: str) -> HtmlElement:
        answer = self.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.text[:1_000])
        return html.document_fromstring(answer.text)

    def post(self, path: str, headers: dict[str, str] | None = None, **fields: str) -> requests.Response:
        """The form as a browser sends it that is at a page of the room's."""
        return self.browser.post(
            self.url + path,
            fields,
            headers={"Origin": self.url, "Sec-Fetch-Site": "same-origin"} if headers is None else headers,
            timeout=PATIENCE,
            allow_redirects=False,
        )

    def sign_in(self, password: str = PASSWORD, **fields: str) -> requests.Response:
        return self.post("/sign-in", password=password, **fields)

    def csrf(self) -> str:
        """The token in the forms that the reader is shown."""
        return str(self.page("/").xpath("string(//input[@name='csrf']/@value)"))

    def order(self, path: str, **fields: str) -> requests.Response:
        """A form of the room's, sent as it stands there."""
        return self.post(path, csrf=self.csrf(), **fields)

    def said(self) -> str:
        """What the home page says of the order before."""
        return str(self.page("/").xpath("string(//*[@role='status'])"))


def bearer(token: str = TOKEN) -> dict[str, str]:
    """What a program sends along."""
    return {"Authorization": f"Bearer {token}"}
