"""What no page may do: run inline code, load from elsewhere, carry somebody else's brand."""

import json
import re
from pathlib import Path

import pytest

from channels.interactive.conftest import Browse
from openics.channels import interactive
from web.sample import Sample

ROOM = Path(interactive.__file__).parent
ROOT = ROOM.parents[3]
TEMPLATES = sorted((ROOM / "templates").rglob("*.html"))
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
}
ADDRESSES = ["/", "/account/sign-in/", "/messages/", "/messages/{message}/", "/declarations/AAAAAAAT4/", "/outbox/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_inline_and_nothing_from_elsewhere(address: str, sample: Sample, browse: Browse) -> None:
    person = None if "sign-in" in address else sample.trader
    answer = browse(person).get(address.format(message=sample.accepted.pk))
    page = answer.content.decode()
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert re.findall(r"<style|\sstyle=|\son\w+=|javascript:", page) == []
    assert re.findall(r"<script(?![^>]*(?:\ssrc=|application/json))[^>]*>", page) == []
    assert [url for url in re.findall(r'(?:src|href|action)="(\w+:[^"]*)"', page) if not url.startswith("data:")] == []


def test_pages_are_not_kept_and_not_framed(sample: Sample, browse: Browse) -> None:
    answer = browse(sample.trader).get("/messages/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOM / "templates")))
def test_templates_neither_style_nor_script_nor_switch_escaping_off(template: Path) -> None:
    source = template.read_text()
    assert re.findall(r"\sstyle=|\son[a-z]+=\"|\|\s*safe\b|autoescape", source) == []


def test_queries_stand_in_modules_of_their_own() -> None:
    known = {
        *("queries.py", "site_queries.py", "client_queries.py", "application_queries.py"),
        *("notice_queries.py", "gateway_queries.py", "webhook_queries.py", "organisation_queries.py", "adapters.py"),
        "outbox_queries.py",
    }
    others = [path for path in ROOM.rglob("*.py") if path.name not in known]
    assert [path.name for path in others if ".objects" in path.read_text()] == []


def test_records_are_queried_through_interest_alone() -> None:
    source = (ROOM / "queries.py").read_text()
    direct = re.findall(r"(?<!messages\()(?<!interchanges\()(?<!outbox_items\()(?<!intakes\()\b(\w+)\.objects", source)
    assert sorted(direct) == ["Event", "Evidence"]


def test_sites_are_queried_through_interest_or_of_a_site_already_shown() -> None:
    source = (ROOM / "site_queries.py").read_text()
    about_one = re.sub(r"\b\w+\.objects\.filter\([^()]*(?:found\.site_id|OuterRef\(\"site_id\"\))", "", source)
    direct = re.findall(r"(?<!interest\.sites\()\b(\w+)\.objects", about_one)
    assert direct == ["SiteCertificate", "Event"], (
        "the certificates that end soon, of which the viewer's are kept in the next line; the events of the viewer's sites"
    )


def test_the_lock_names_no_addresses() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_fonts_and_crown_stay_away() -> None:
    sheet = (ROOM / "static" / "vendor" / "openics.css").read_text()
    assert re.findall(r"(?i)@font-face|gds transport|crown|url\((?!\"?data:)", sheet) == []


def test_organisations_are_queried_through_interest_or_of_a_client_already_shown() -> None:
    source = (ROOM / "organisation_queries.py").read_text()
    about_one = re.sub(r"\b\w+\.objects\.filter\((?:client=client\b|mine\b|about\b)", "", source)
    assert re.findall(r"(?<!interest\.clients\()\b(\w+)\.objects", about_one) == []
