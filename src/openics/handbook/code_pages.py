"""The page of a code list, and the index of code lists."""

from collections.abc import Iterator

from openics.handbook.declared import Usage, code_lists, usages
from openics.handbook.markup import EVIDENCE, capital, code, link, literal, source, table, words
from openics.handbook.pages import Page
from openics.messages.codes import CodeList
from openics.messages.page_names import codes_page


def code_path(codes: type[CodeList]) -> str:
    """Where the page of a code list lies."""
    return f"{codes_page(codes)}.md"


def code_page(codes: type[CodeList]) -> Page:
    """Codes with their meanings, where they are from, and which items of which messages hold them."""
    path, title = code_path(codes), capital(words(codes.__name__))
    name = path.removesuffix(".md")
    lines = [f"# {title}", "", *_about(codes), ""]
    lines += ["## Codes", "", *table(("Code", "Meaning"), _rows(codes)), "## Used by", "", *_users(codes, path)]
    lines += [f"Files: {link('CSV', path, f'{name}.csv')}, {link('JSON', path, f'{name}.json')}."]
    inside = (text for entry in codes.meanings().items() for text in entry)
    return Page(
        path,
        title,
        "code list",
        "\n".join(lines) + "\n",
        codes.heading(),
        (codes.__name__,),
        tuple(dict.fromkeys(inside)),
    )


def _about(codes: type[CodeList]) -> list[str]:
    """The docstring of a list, its paragraphs kept."""
    paragraphs = (codes.__doc__ or "").strip().split("\n\n")
    return [source(" ".join(each.split())) + "\n" for each in paragraphs if each.strip()]


def _rows(codes: type[CodeList]) -> list[tuple[str, str]]:
    return [(code(each), literal(meaning)) for each, meaning in codes.meanings().items()]


def _users(codes: type[CodeList], path: str) -> Iterator[str]:
    found = usages().get(codes, ())
    if not found:
        yield from ("No item of a message holds these codes.", "")
        return
    yield from table(("Message", "Item", "Place", "Other codes", "Evidence"), [_user(usage, path) for usage in found])


def _user(usage: Usage, path: str) -> tuple[str, ...]:
    field, name = usage.field, usage.document.name
    record = "" if usage.part is usage.document else f" ({words(usage.part.__name__)})"
    others = "refused by the gateway" if field.closed else "passed on"
    item = f"{literal(field.label)}{record}"
    return link(name, path, f"messages/{name}.md"), item, code(field.path), others, EVIDENCE[field.evidence]


def code_index() -> Page:
    """The index of code lists."""
    path, summary = "codes/index.md", "Every list of codes that items of messages hold."
    rows = [
        (
            link(capital(words(codes.__name__)), path, code_path(codes)),
            str(len(codes)),
            source(codes.heading()),
            ", ".join(_names(codes, path)),
        )
        for codes in code_lists().values()
    ]
    lines = ["# Code lists", "", summary, "", *table(("List", "Codes", "What it is", "Messages"), rows)]
    return Page(path, "Code lists", "index", "\n".join(lines).rstrip() + "\n", summary)


def _names(codes: type[CodeList], path: str) -> list[str]:
    names = dict.fromkeys(usage.document.name for usage in usages().get(codes, ()))
    return [link(name, path, f"messages/{name}.md") for name in names]
