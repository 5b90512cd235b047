"""Constant parts of the sample rows: an interchange, findings, and what the gateway checked."""

EXD = (
    b"UNB+UNOC:3+AAA676Y::AAA676Y+AAA336C+260302:1530+%(reference)s++++1++1'UNH+1+CUSDEC:D:99B:UN'"
    b"BGM+830:::EXD+PO-1001:1+9'LOC+9+AUMEL::6'UNS+D'CST+1+I::95'FTX+AAA+++LAMB, FROZEN'UNS+S'UNT+8+1'UNZ+1+%(reference)s'"
)
HELD = {"rule": "EXD-D-01", "applied": True, "broken": []}
NOT_APPLICABLE = {"rule": "EXD-H-22", "applied": False, "broken": []}
BROKEN = {"rule": "EXD-L-10", "applied": True, "broken": [1]}
WRONG_UNIT = {
    "severity": "ERROR",
    "error": "EX9310",
    "text": "NET QUANTITY UNIT NR IS NOT THE UNIT OF AHECC CODE 02044200",
    "line": 1,
    "rule": "EXD-L-10",
}
SENTENCE_FAULT = {
    "code": 13,
    "meaning": "missing",
    "place": "segment 3",
    "text": "segment 3 BGM is missing: expected BGM after UNH",
    "tag": "BGM",
    "rule": "E2",
}
CHECKS = [
    {"name": "Mail form", "passed": True, "detail": "one attachment, no text", "rule": "E2"},
    {"name": "Decryption", "passed": True, "detail": "with the gateway's key", "rule": "E3"},
    {"name": "Signature", "passed": True, "detail": "SHA-256 with RSA", "rule": "E4"},
    {"name": "Certificate", "passed": True, "detail": "valid, not revoked, registered to AAA676Y", "rule": "E8"},
    {"name": "Address", "passed": True, "detail": "edi@meridian.example is the registered one", "rule": "E9"},
    {"name": "Syntax and guide", "passed": True, "detail": "1 message follows its guide", "rule": ""},
]
