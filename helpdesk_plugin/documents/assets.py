"""What a document's template may load: pictures and fonts that we hand in by name, and nothing else.

Templates name them as ``asset:logo``. Every other address, of the network, of a file or with its content
inside, is refused, so that neither a requester's text nor a careless template makes the server fetch
anything.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

logger = logging.getLogger(__name__)

SCHEME = "asset:"
FONTS = {
    "font-regular": "LiberationSans-Regular.ttf",
    "font-bold": "LiberationSans-Bold.ttf",
    "font-italic": "LiberationSans-Italic.ttf",
}


@dataclass(frozen=True)
class Asset:
    """A picture or font: its bytes and their type."""

    content: bytes
    content_type: str


class AddressRefused(ValueError):
    """A document named something that it may not load."""


class OurAssets(URLFetcher):
    """Hands out the assets by name and refuses every other address."""

    def __init__(self, assets: Mapping[str, Asset]) -> None:
        super().__init__(allowed_protocols=())
        self._assets = assets

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        found = self._assets.get(url.removeprefix(SCHEME)) if url.startswith(SCHEME) else None
        if found is None:
            logger.warning("A document asked for an address that it may not load: %.80r", url)
            raise AddressRefused(url[:80])
        return URLFetcherResponse(url, found.content, {"Content-Type": found.content_type})


def fonts() -> dict[str, Asset]:
    """The fonts that are embedded into every document."""
    folder = files("helpdesk_plugin.documents") / "data" / "fonts"
    return {name: Asset((folder / file).read_bytes(), "font/ttf") for name, file in FONTS.items()}
