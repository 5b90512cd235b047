"""Ids, addresses, default and pauses of EDI sites."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from openics.clients.identifiers import MOST_SITES, is_site_id, site_in_order
from openics.clients.register_errors import LONGEST_REASON, RegisterError
from openics.clients.site_rules import (
    Owner,
    SiteRecord,
    check_address_is_free,
    checked_address,
    checked_new_site,
    checked_site_id,
    moved,
    next_site_id,
    pause_in_words,
    paused,
    resumed,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
SITE = SiteRecord("AAA676Y", "51824753556", "edi@trader.example")
OWNER = Owner("51824753556", active=True, has_sites=False)


def gist(error: pytest.ExceptionInfo[RegisterError]) -> tuple[str, str, str]:
    assert error.value.fix
    return error.value.code, error.value.place, error.value.text


class TestIds:
    def test_digits_roll_before_letters(self) -> None:
        assert [site_in_order(number)[:6] for number in (0, 1, 5, 124, 125, 17 * 125)] == [
            *("AAA333", "AAA334", "AAA343", "AAA999", "AAC333", "ACA333"),
        ]
        assert site_in_order(MOST_SITES - 1)[:6] == "YYY999"
        assert all(is_site_id(site_in_order(number)) for number in range(0, MOST_SITES, 9973))

    @pytest.mark.parametrize("number", [-1, MOST_SITES])
    def test_there_are_no_others(self, number: int) -> None:
        with pytest.raises(ValueError, match=f"a site id counts from 0 to 614124, not {number}"):
            site_in_order(number)

    def test_the_next_free_one_is_the_first_that_nobody_has(self) -> None:
        first, second, third, fourth = (site_in_order(number) for number in range(4))
        assert next_site_id(set(), "AAA336C") == first
        assert next_site_id({first, third}, "AAA336C") == second
        assert next_site_id({first, second}, third) == fourth

    def test_when_all_are_given_out(self) -> None:
        class All:
            def __contains__(self, site: object) -> bool:
                return True

        with pytest.raises(RegisterError) as error:
            next_site_id(All(), "AAA336C")  # type: ignore[arg-type]
        assert gist(error) == ("no-site-id", "site", "All 614125 site ids are given out.")

    def test_a_given_id_is_checked(self) -> None:
        assert checked_site_id("AAA676Y", "AAA336C") == "AAA676Y"

    @pytest.mark.parametrize(
        ("site", "code", "fix"),
        [
            ("AAA676X", "bad-site-id", "The id with the right check letter is AAA676Y."),
            ("AAA676", "bad-site-id", "The id with the right check letter is AAA676Y."),
            ("aaa676y", "bad-site-id", "An id is LLLNNNL, like AAA676Y. Leave it out to get the next free one."),
            ("AAA123Z", "bad-site-id", "An id is LLLNNNL, like AAA676Y. Leave it out to get the next free one."),
            ("AAA336C", "customs-site", "Leave the id out to get the next free one."),
        ],
    )
    def test_what_is_no_id(self, site: str, code: str, fix: str) -> None:
        with pytest.raises(RegisterError) as error:
            checked_site_id(site, "AAA336C")
        assert (error.value.code, error.value.place, error.value.fix) == (code, f"site {site}", fix)


class TestAddresses:
    def test_an_address_is_kept_in_lower_case(self) -> None:
        assert checked_address("EDI address", "EDI@Trader.Example") == "edi@trader.example"

    @pytest.mark.parametrize(
        "text", ["", "edi", "edi@", "@trader.example", "a b@trader.example", "é@trader.example", "a@b.example\n"]
        + [f"{'a' * 250}@b.example"],
    )  # fmt: skip
    def test_what_is_no_address(self, text: str) -> None:
        with pytest.raises(RegisterError) as error:
            checked_address("EDI address", text)
        assert gist(error) == ("bad-address", f"EDI address {text[:80]!r}", "This is no e-mail address.")

    def test_an_address_belongs_to_one_site(self) -> None:
        other = replace(SITE, site="AAR399A")
        with pytest.raises(RegisterError) as error:
            check_address_is_free(SITE.site, SITE.address, other)
        text = "The address edi@trader.example belongs to site AAR399A."
        assert gist(error) == ("address-taken", "site AAA676Y", text)
        check_address_is_free(SITE.site, SITE.address, SITE)

    def test_a_site_moves(self) -> None:
        assert moved(SITE, "new@trader.example", None) == replace(SITE, address="new@trader.example")
        assert moved(SITE, SITE.address, SITE) is None
        with pytest.raises(RegisterError):
            moved(SITE, "edi@other.example", replace(SITE, site="AAR399A", address="edi@other.example"))


class TestNewSites:
    def test_the_first_of_a_client_is_its_default(self) -> None:
        assert checked_new_site(SITE, OWNER, None, None) == replace(SITE, is_default=True)
        assert checked_new_site(SITE, replace(OWNER, has_sites=True), None, None) == SITE

    def test_the_same_again_is_nothing_new_whatever_happened_since(self) -> None:
        since = replace(SITE, is_default=True, active=False, paused_at=NOW, pause_reason="audit")
        assert checked_new_site(SITE, OWNER, since, since) is None

    @pytest.mark.parametrize(
        ("owner", "said"), [(None, "not registered"), (replace(OWNER, active=False), "cancelled")]
    )  # fmt: skip
    def test_a_client_without_registration(self, owner: Owner | None, said: str) -> None:
        with pytest.raises(RegisterError) as error:
            checked_new_site(SITE, owner, None, None)
        assert gist(error) == ("unknown-client", "site AAA676Y", f"The client 51824753556 is {said}.")

    def test_an_id_that_is_given_out(self) -> None:
        other = replace(SITE, owner="53004085616", address="edi@other.example")
        with pytest.raises(RegisterError) as error:
            checked_new_site(SITE, OWNER, other, None)
        text = "The id is given out to 53004085616 with the address edi@other.example."
        assert gist(error) == ("site-taken", "site AAA676Y", text)

    def test_an_address_of_another_site(self) -> None:
        with pytest.raises(RegisterError) as error:
            checked_new_site(SITE, OWNER, None, replace(SITE, site="AAR399A"))
        assert error.value.code == "address-taken"

    def test_plain_text_needs_an_address(self) -> None:
        with pytest.raises(RegisterError) as error:
            checked_new_site(replace(SITE, plain_text=True), OWNER, None, None)
        text = "Plain text is asked for, but there is no address for it."
        assert gist(error) == ("no-text-address", "site AAA676Y", text)


class TestPauses:
    def test_a_pause_has_a_reason_and_a_beginning(self) -> None:
        held = paused(SITE, "  key   lost ", NOW)
        assert held == replace(SITE, active=False, paused_at=NOW, pause_reason="key lost")
        assert paused(held, "again", NOW) is None
        assert resumed(held) == SITE
        assert resumed(SITE) is None

    @pytest.mark.parametrize(
        ("reason", "code"), [("  ", "no-reason"), ("x" * (LONGEST_REASON + 1), "long-reason"), ("a\0b", "bad-reason")]
    )
    def test_what_is_no_reason(self, reason: str, code: str) -> None:
        with pytest.raises(RegisterError) as error:
            paused(SITE, reason, NOW)
        assert (error.value.code, error.value.place) == (code, "site AAA676Y")

    def test_in_words(self) -> None:
        assert pause_in_words("AAA676Y", NOW, "key lost") == (
            "Site AAA676Y is not active: paused since 2026-03-02 09:30 UTC (key lost)."
        )
        assert pause_in_words("AAA676Y", None, "") == "Site AAA676Y is not active: paused."
