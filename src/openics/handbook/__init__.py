"""The handbook: generated reference on messages, code lists, rules and errors.

Pages are Markdown (CommonMark with tables) with relative links to other pages (`../codes/CargoType.md`) and to files
(`../schemas/EXD.schema.json`, `../openics-messages.zip`); no HTML. They are made from the declarations in the code, so that
the static site and the web show the same. Everything here is pure and made once.
"""

from openics.handbook.assets import asset, asset_paths
from openics.handbook.pages import Asset, Hit, Page
from openics.handbook.searching import search
from openics.handbook.shelf import all_pages, page, page_paths

__all__ = ["Asset", "Hit", "Page", "all_pages", "asset", "asset_paths", "page", "page_paths", "search"]
