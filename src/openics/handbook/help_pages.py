"""The first page of the handbook, and the page that explains how to read the others."""

from typing import Final

from openics.handbook.declared import code_lists
from openics.handbook.errors import errors
from openics.handbook.pages import Page
from openics.handbook.rulebook import rules
from openics.messages.registry import ALL

BUNDLE: Final = "openics-messages.zip"

_READING: Final = """# How to read the reference

## Evidence

What is known of the system that OpenICS implements is published in part only. Every table, item, code list and rule says how
it is known:

| Word | Letter | Meaning |
|---|---|---|
| documented | D | a public page of the authority or a law says so; the source names it |
| seen in traffic | S | a real message, or the parser of a client in use, shows it |
| inferred | I | concluded from the former and from the UN/EDIFACT standard; it may be otherwise |
| unverified | U | commonly told, without a source that can be checked |

What is inferred or unverified stands in one place of the code and can be replaced there when the true value becomes known.

## Segment table

The rows stand in the order of the message; segments of a group are indented below its name (`SG8`).

| Column | Meaning |
|---|---|
| M/C | mandatory or conditional, at this place of the message or of its group |
| Times | how often the segment or group may be repeated at this place |
| Use | one of the purposes that the segment has here, named by the codes that tell it from the others: `LOC+9`, `GIS+107` |
| Fixed values | what always stands in the segment: element, code, and its meaning in D.99B where there is one |
| Items | the business items that the rest of the segment holds |

## Place of an item

A place names the groups, the segment with its use, and the element: `SG30/MEA+WT/C174.6314` is component 6314 of composite
C174 in the segment MEA with the qualifier WT, in group 30. `C108.4440#2` is the second such component, `C246#2.7361` the
component of the second such composite. In the tables of records the place is counted from the record.

## Format

| Format | Meaning |
|---|---|
| an..35 | at most 35 characters |
| an5 | exactly 5 characters |
| n..3 | at most 3 digits |
| a2 | exactly 2 letters |

It follows the kind of value: text, integer, decimal (as text with a point in JSON), date, time (a moment in UTC), time of
day, local time. An item without a format is limited by the EDIFACT element alone.

## Use of an item

| Word | Meaning |
|---|---|
| mandatory | must be there |
| conditional | must be there in the case that is named, or when a rule says so |
| optional | may be there |

## Codes

Where the list is closed, the gateway refuses other codes. Where others are passed on, whether they are accepted is a rule of
the application.

## What answers a message

| Answer | When |
|---|---|
| CONTRL with an error | the interchange or the layout of the message is wrong; no application has seen it |
| ERM | an item breaks the data dictionary; no application has seen it |
| a response of the application | the message was decided on; its entries name errors and advices by id |
"""


def reading_page() -> Page:
    """How to read the reference."""
    summary = "Evidence, notation of places, lengths and uses."
    return Page("reading.md", "How to read the reference", "help", _READING, summary)


def first_page() -> Page:
    """What there is, and how much of it."""
    counts = (len(ALL), len(code_lists()), len(rules()), len(errors()))
    messages, lists, all_rules, ids = map(str, counts)
    text = f"""# Reference

Made from the declarations that the system itself works by.

| Part | How many | What |
|---|---|---|
| [Messages](messages/index.md) | {messages} | segment tables, items, examples, JSON form |
| [Code lists](codes/index.md) | {lists} | each code with its meaning, and the items that hold it |
| [Rules](rules/index.md) | {all_rules} | what decides on a message, with the sentence that the sender reads |
| [Errors](errors/index.md) | {ids} | every error id, and what to do about it |

[How to read the reference](reading.md) explains evidence, places and formats.

All schemas, examples and code lists in one file: [{BUNDLE}]({BUNDLE}).
"""
    return Page("index.md", "Reference", "index", text, "Messages, code lists, rules and errors.")
