"""Signed statements, receipts and site requests: one way to write them, and nothing else is read."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openics.pki import receipts, site_requests, statements
from openics.pki.errors import PkiError
from openics.pki.identity import Identity
from openics.pki.receipts import Receipt
from openics.pki.site_requests import Held, Listing, SiteRequest, Stored

NOW = datetime(2026, 5, 4, 3, 21, 0, 250_000, tzinfo=UTC)
BODY = b"From: edi@trader.example\r\n\r\nsealed"
NONCE = "0123456789abcdef" * 2
RECEIPT = Receipt(sha256(BODY).hexdigest(), len(BODY), 12, NOW, NOW, again=False, site="", nonce=NONCE)
WRITTEN = (
    b'{"again":false,"digest":"%s","format":"openics-receipt-1","intake":12,"issued_at":"2026-05-04T03:21:00.250000+00:00",'
    b'"nonce":"0123456789abcdef0123456789abcdef","received_at":"2026-05-04T03:21:00.250000+00:00","site":"","size":34}'
    % sha256(BODY).hexdigest().encode()
)

numbers = st.integers(0, 2**63 - 1)
moments = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=10))])).filter(
    lambda moment: 1 < moment.year < 9999
)
texts = st.text(max_size=40)
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)
held = st.builds(Held, numbers, texts, digests, numbers, moments)
RECORDS: dict[str, tuple[type[Any], st.SearchStrategy[Any]]] = {
    receipts.FORMAT: (
        Receipt,
        st.builds(Receipt, digests, numbers, numbers, moments, moments, st.booleans(), texts, texts),
    ),
    site_requests.REQUEST: (
        SiteRequest,
        st.builds(SiteRequest, texts, texts, texts, moments, texts, numbers, numbers, digests),
    ),
    site_requests.LISTING: (
        Listing,
        st.builds(Listing, texts, texts, st.lists(held, max_size=4).map(tuple), st.booleans()),
    ),
    site_requests.STORED: (Stored, st.builds(Stored, texts, texts, numbers, texts)),
}


@pytest.fixture(scope="module")
def gateway() -> Identity:
    return Identity.generate("Gateway", "ccf@customs.example", at=NOW - timedelta(days=1))


def test_a_receipt_is_written_in_the_documented_way() -> None:
    assert statements.write(receipts.FORMAT, RECEIPT) == WRITTEN


@pytest.mark.parametrize("kind", RECORDS)
@given(data=st.data())
def test_what_is_written_is_read(kind: str, data: st.DataObject) -> None:
    record, records = RECORDS[kind]
    drawn = data.draw(records)
    found = statements.read(kind, record, statements.write(kind, drawn))
    assert found == drawn
    assert statements.write(kind, found) == statements.write(kind, drawn)


@pytest.mark.parametrize("kind", RECORDS)
@given(data=st.binary(max_size=200))
def test_hostile_bytes_are_refused_in_words(kind: str, data: bytes) -> None:
    with pytest.raises(PkiError) as refused:
        statements.read(kind, RECORDS[kind][0], data)
    assert refused.value.code == "bad-statement"


@given(st.integers(0, len(WRITTEN) - 1), st.integers(1, 255))
def test_no_changed_byte_reads_as_the_same_receipt(place: int, change: int) -> None:
    changed = WRITTEN[:place] + bytes([WRITTEN[place] ^ change]) + WRITTEN[place + 1 :]
    try:
        found = statements.read(receipts.FORMAT, Receipt, changed)
    except PkiError as error:
        assert error.code == "bad-statement"  # noqa: PT017 - either it is refused, or it says something else
    else:
        assert found != RECEIPT


@pytest.mark.parametrize(
    "changed",
    [
        WRITTEN.replace(b":", b": "),
        WRITTEN + b" ",
        WRITTEN.replace(b'"again":false,', b""),
        WRITTEN.replace(b'"again":false', b'"again":0'),
        WRITTEN.replace(b'"size":34', b'"size":-1'),
        WRITTEN.replace(b'"size":34', b'"size":true'),
        WRITTEN.replace(b'"size":34', b'"size":34.0'),
        WRITTEN.replace(b'"size":34', b'"size":9223372036854775808'),
        WRITTEN.replace(b'"site":""', b'"site":null'),
        WRITTEN.replace(b'"site":""', b'"site":"","site":""'),
        WRITTEN.replace(b'"site":""', b'"place":"","site":""'),
        WRITTEN.replace(b"+00:00", b""),
        WRITTEN.replace(b"+00:00", b"+10:00"),
        WRITTEN.replace(b"receipt-1", b"receipt-2"),
        WRITTEN.replace(b"openics-receipt-1", b"openics-site-stored-1"),
        b"[" * 100_000,
        b"null",
        b"",
    ],
)
def test_only_the_one_way_of_writing_is_read(changed: bytes) -> None:
    assert changed != WRITTEN
    with pytest.raises(PkiError) as refused:
        statements.read(receipts.FORMAT, Receipt, changed)
    assert refused.value.code == "bad-statement"


def test_a_signed_receipt_holds_for_its_bytes_and_hand_in_only(gateway: Identity) -> None:
    signed = statements.open_signed(receipts.sign(RECEIPT, gateway))
    assert signed.signer_certificate == gateway.certificate
    found = receipts.read(signed)
    assert found == RECEIPT
    receipts.check(found, BODY, NONCE)
    for content, nonce in ((BODY + b" ", NONCE), (b"", NONCE), (BODY, "f" * 32), (BODY, "")):
        with pytest.raises(PkiError) as refused:
            receipts.check(found, content, nonce)
        assert refused.value.code == "bad-statement"
    with pytest.raises(PkiError):
        receipts.check(replace(found, size=33), BODY, NONCE)


@given(st.data())
def test_a_signed_receipt_that_was_altered_anywhere_never_says_something_else(
    gateway: Identity, data: st.DataObject
) -> None:
    whole = receipts.sign(RECEIPT, gateway)
    place, change = data.draw(st.integers(0, len(whole) - 1)), data.draw(st.integers(1, 255))
    altered = whole[:place] + bytes([whole[place] ^ change]) + whole[place + 1 :]
    try:
        signed = statements.open_signed(altered)
        assert signed.signer_certificate != gateway.certificate or receipts.read(signed) == RECEIPT
    except PkiError as error:
        assert error.text  # noqa: PT017 - either it is refused, or what is signed is unchanged


def test_a_statement_of_one_kind_is_not_read_as_another(gateway: Identity) -> None:
    signed = statements.open_signed(
        statements.sign(site_requests.STORED, Stored("AAR399A", NONCE, 1, "stored"), gateway)
    )
    for read in (receipts.read, site_requests.read_request, site_requests.read_listing):
        with pytest.raises(PkiError) as refused:
            read(signed)
        assert refused.value.code == "bad-statement"
    assert site_requests.read_stored(signed) == Stored("AAR399A", NONCE, 1, "stored")


def test_a_long_statement_is_not_looked_at() -> None:
    with pytest.raises(PkiError) as refused:
        statements.open_signed(b"0" * (statements.LONGEST + 1))
    assert refused.value.code == "too-large"


def test_the_members_are_those_of_the_page() -> None:
    assert sorted(json.loads(WRITTEN)) == sorted(
        ("again", "digest", "format", "intake", "issued_at", "nonce", "received_at", "site", "size")
    )
