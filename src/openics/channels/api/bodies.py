"""What the OpenAPI description says of bodies that are read by hand: interchanges, submissions, forms."""

from typing import Any, Final

from openics.channels.api.scopes import lodgeable

EXAMPLE_REFERENCE: Final = "MY-FIRST-EXPORT"

_EDIFACT: Final = {
    "schema": {"type": "string", "minLength": 1, "description": "One UN/EDIFACT interchange, UNB to UNZ"},
}
_DOCUMENT: Final = {
    "schema": {
        "oneOf": [{"$ref": f"#/components/schemas/Submit{name}"} for name in sorted(lodgeable())],
    },
}

SUBMIT: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "An interchange as it is, or a document in JSON, which is put into an interchange of your site.",
        "content": {"application/EDIFACT": _EDIFACT, "application/json": _DOCUMENT},
    },
}
CHECK: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "An interchange, messages alone (UNH to UNT), or a document in JSON; at most a million bytes.",
        "content": {"application/EDIFACT": _EDIFACT, "application/json": _DOCUMENT},
    },
}
BYTES: Final[dict[str, Any]] = {
    "responses": {200: {"content": {"application/EDIFACT": {"schema": {"type": "string"}}}}},
}
TOKEN: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "grant_type": {"type": "string", "const": "client_credentials"},
                        "client_id": {"type": "string", "description": "Unless sent as HTTP Basic"},
                        "client_secret": {"type": "string", "description": "Unless sent as HTTP Basic"},
                        "scope": {
                            "type": "string",
                            "description": "Separated by blanks; all that is granted if left out",
                        },
                    },
                    "required": ["grant_type"],
                }
            }
        },
    },
}
