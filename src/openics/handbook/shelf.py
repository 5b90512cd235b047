"""Every page of the handbook by its path; each is made when it is first asked for, and once."""

from collections.abc import Callable
from functools import cache, partial

from openics.handbook.code_pages import code_index, code_page, code_path
from openics.handbook.declared import code_lists
from openics.handbook.error_pages import error_index, error_page
from openics.handbook.errors import errors
from openics.handbook.help_pages import first_page, reading_page
from openics.handbook.message_pages import message_index, message_page, message_path
from openics.handbook.pages import Page
from openics.handbook.rule_pages import rooms, rule_index, rule_page, rule_path
from openics.messages.registry import ALL


@cache
def _makers() -> dict[str, Callable[[], Page]]:
    indexes = {
        "index.md": first_page,
        "reading.md": reading_page,
        "messages/index.md": message_index,
        "codes/index.md": code_index,
        "rules/index.md": rule_index,
        "errors/index.md": error_index,
    }
    return {
        **indexes,
        **{message_path(document): partial(message_page, document) for document in ALL},
        **{code_path(codes): partial(code_page, codes) for codes in code_lists().values()},
        **{rule_path(room): partial(rule_page, room) for room in rooms()},
        **{path: partial(error_page, error) for path, error in errors().items()},
    }


def page_paths() -> tuple[str, ...]:
    """The paths of all pages: indexes first, then messages, code lists, rules, errors."""
    return tuple(_makers())


def page(path: str) -> Page | None:
    """The page at a path, e.g. `messages/EXD.md`; None if there is none."""
    return _made(path) if path in _makers() else None


@cache
def _made(path: str) -> Page:
    return _makers()[path]()


def all_pages() -> tuple[Page, ...]:
    """All pages in the order of `page_paths`."""
    return tuple(_made(path) for path in page_paths())
