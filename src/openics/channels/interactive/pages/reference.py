"""The reference: the handbook's pages in the site, its files, and the search in it."""

from functools import cache
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from markupsafe import Markup

from openics import handbook
from openics.channels.interactive import markdown
from openics.channels.interactive.access import public
from openics.channels.interactive.guidance.linking import link_terms

WORDS: Final = 200
"""Characters of a search that are looked at."""


@require_safe
@public
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page of the handbook, or one of its files."""
    found = handbook.page(_page_path(path))
    if found:
        about = {"page": found, "content": _html(found.path), "trail": _trail(found.path)}
        return render(request, "reference/page.html", about)
    asset = handbook.asset(path)
    if asset is None:
        raise Http404(f"reference {path}")
    name = asset.path.rpartition("/")[2]
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(asset.content, content_type=asset.media_type, headers=headers)


def _page_path(path: str) -> str:
    return f"{path}index.md" if not path or path.endswith("/") else f"{path.removesuffix('.md')}.md"


@cache
def _html(path: str) -> Markup:
    found = handbook.page(path)
    return link_terms(markdown.render(found.text if found else ""), reverse("terms"))


def _trail(path: str) -> list[tuple[str, str]]:
    """The pages above one, with their paths in the site, the first page first."""
    folder = path.rpartition("/")[0]
    above = ["index.md", f"{folder}/index.md"] if folder else ["index.md"]
    found = [handbook.page(each) for each in above if each != path]
    return [(each.title, each.path.removesuffix("index.md")) for each in found if each]


@require_safe
@public
def search(request: HttpRequest) -> HttpResponse:
    """The pages that hold the words of `q`."""
    words = request.GET.get("q", "")[:WORDS].strip()
    hits = handbook.search(words) if words else []
    return render(request, "reference/search.html", {"q": words, "hits": hits})
