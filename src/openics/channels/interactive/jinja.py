"""The Jinja environment of the pages."""

from typing import Any

from jinja2 import Environment


def environment(**options: Any) -> Environment:
    """Jinja with our functions."""
    return Environment(**options)
