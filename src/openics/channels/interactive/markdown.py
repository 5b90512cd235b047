"""Pages of the handbook as HTML: Markdown with tables that scroll, headings with anchors, and links within the site."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from mdit_py_plugins.anchors import anchors_plugin

_PAGE: Final = re.compile(r"(?P<way>(?:.*/)?)(?P<name>[^/#]+)\.md(?P<anchor>#.*)?")
_HEADINGS: Final = {"h1": "l", "h2": "m", "h3": "s", "h4": "s"}
_CLASSES: Final = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "link_open": "govuk-link",
    "table_open": "ics-table ics-table--reference",
}


def render(text: str) -> Markup:
    """The HTML of a text in Markdown; HTML in it is shown, never taken."""
    return Markup(_engine().render(text))  # noqa: S704 - the engine escapes everything that it is given


@cache
def _engine() -> MarkdownIt:
    engine = MarkdownIt("commonmark", {"html": False}).enable("table").use(anchors_plugin, max_level=4)
    engine.core.ruler.push("ours", _dress)
    engine.add_render_rule("table_open", _table)
    engine.add_render_rule("table_close", lambda *_: "</table>\n</div>\n")
    engine.add_render_rule("fence", _fence)
    return engine


def _dress(state: Any) -> None:
    """Give every token the look of the site, and links their addresses in it."""
    for token in state.tokens:
        for each in (token, *(token.children or ())):
            _dress_one(each)


def _dress_one(token: Token) -> None:
    if token.type in _CLASSES:
        token.attrJoin("class", _CLASSES[token.type])
    if token.type == "heading_open":
        token.attrJoin("class", f"govuk-heading-{_HEADINGS[token.tag]}")
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if token.type == "code_inline":
        token.attrJoin("class", "ics-code")
    if token.type == "link_open":
        token.attrSet("href", address(str(token.attrGet("href") or "")))


def address(link: str) -> str:
    """Where a link between pages of the handbook leads in the site: `../codes/Unit.md` is `../codes/Unit`."""
    found = _PAGE.fullmatch(link)
    if found is None or "://" in link:
        return link
    name = "" if found["name"] == "index" else found["name"]
    return f"{found['way']}{name}{found['anchor'] or ''}" or "./"


def _table(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:
    before = [each.content for each in tokens[:at] if each.type == "inline"]
    label = Markup.escape(re.sub(r"[`*\\]", "", before[-1])[:80] if before else "Table")
    opened = renderer.renderToken(tokens, at, options, env)
    return f'<div class="ics-scroll" role="region" tabindex="0" aria-label="Table: {label}">\n{opened}'


def _fence(renderer: Any, tokens: Sequence[Token], at: int, options: Any, env: Any) -> str:  # noqa: ARG001 - as called
    return f'<pre class="ics-raw" tabindex="0"><code>{Markup.escape(tokens[at].content)}</code></pre>\n'
