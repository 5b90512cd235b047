"""The columns by which names and addresses are compared, computed by the database whoever writes a client."""

from typing import Any, Final

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Upper

from openics.clients.addresses import ADDRESS_PARTS
from openics.clients.similarity import LEGAL_WORDS

_LEGAL: Final = rf"\m({'|'.join(LEGAL_WORDS)})\M"


def _replaced(text: Any, pattern: str) -> Func:
    given = (Value(pattern), Value(" "), Value("g"))
    return Func(text, *given, function="regexp_replace", output_field=TextField())


def _trimmed(text: Any) -> Func:
    return Func(_replaced(text, r"\s+"), function="btrim", output_field=TextField())


def _joined() -> Any:
    parts = [Coalesce(KT(f"address__{part}"), Value(""), output_field=TextField()) for part in ADDRESS_PARTS]
    return Func(*parts, arg_joiner=" || ' ' || ", template="(%(expressions)s)", output_field=TextField())


NAME_KEY: Final = _trimmed(_replaced(_replaced(Upper(F("name"), output_field=CharField()), r"[^[:alnum:]]+"), _LEGAL))
ADDRESS_KEY: Final = _trimmed(_replaced(Upper(_joined()), r"[^[:alnum:]]+"))
