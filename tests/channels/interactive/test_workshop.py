"""The message workshop through its one address: decode, form, JSON, download; nothing is stored."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from channels.interactive.test_access import counts
from openics.channels.interactive.workshop.piece import LARGEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(corpus: Path) -> str:
    return (corpus / "exd.edi").read_text("latin-1")


def post(action: str, text: str = "", **more: Any) -> HttpResponse:
    answer: HttpResponse = Client().post("/workshop/", {"do": action, "interchange": text, **more})
    return answer


def words(answer: HttpResponse) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def inputs(answer: HttpResponse) -> dict[str, str]:
    """The values of a form's text inputs by name."""
    found = re.findall(r'<input [^>]*name="([^"]+)"[^>]*?value="([^"]*)"', answer.content.decode())
    return {name: value.replace("&#34;", '"').replace("&#39;", "'").replace("&amp;", "&") for name, value in found}


def written(answer: HttpResponse) -> str:
    """The EDIFACT that a decoded page offers to change."""
    found = re.search(r'<textarea[^>]*name="interchange"[^>]*>(.*?)</textarea>', answer.content.decode(), re.DOTALL)
    assert found is not None
    return found[1].replace("&#39;", "'").replace("&amp;", "&")


def test_the_workshop_begins_empty() -> None:
    answer = Client().get("/workshop/")
    assert answer.status_code == 200
    assert "Paste or drop an interchange" in words(answer)


@pytest.mark.parametrize("name", ["EXD", "EXD.smallest"])
def test_an_example_is_opened_decoded(name: str) -> None:
    answer = Client().get(f"/workshop/?example={name}")
    assert answer.status_code == 200
    assert "Nothing is wrong with it" in words(answer)
    assert "Export declaration EXD" in words(answer)


@pytest.mark.parametrize("name", ["NOPE", "EXD.nope", "../../etc/passwd", ""])
def test_an_example_that_is_not_there_is_the_empty_workshop(name: str) -> None:
    assert "Or start from an example" in words(Client().get("/workshop/", {"example": name}))


def test_every_item_is_shown_with_its_meaning(published: str) -> None:
    answer = post("decode", published)
    assert answer.status_code == 200
    assert "Interchange 200401270001" in words(answer)
    assert "GIS+Y:107:95&#39; Customable Excisable Indicator Y yes" in words(answer)
    assert "Line 1 CST+1+I::95&#39; Line Number 1 Line Action Code I insert" in words(answer)


def test_an_error_stands_in_its_place(published: str) -> None:
    answer = post("decode", published.replace("LOC+9+AUMEL", "LOC+77+AUMEL"))
    page = answer.content.decode()
    assert "1 error, in its place below." in words(answer)
    assert '<code class="ics-segment__text">LOC+<mark>77</mark>+AUMEL::6&#39;</code>' in page
    assert '<a class="govuk-link" href="#message-1-segment-3">LOC with &#39;77&#39; is not used here</a>' in page
    assert 'href="/reference/errors/contrl-14"' in page
    assert "Edit as a form" not in page
    assert "UCM+1+CUSDEC:D:99B:UN+4+14" in words(answer) or "UCS+3" in words(answer)


def test_a_file_is_decoded(published: str) -> None:
    file = SimpleUploadedFile("declaration.edi", published.encode("latin-1"))
    answer = Client().post("/workshop/", {"do": "decode", "interchange": "", "file": file})
    assert "Interchange 200401270001" in words(answer)


def test_messages_alone_are_decoded(corpus: Path) -> None:
    answer = post("decode", (corpus / "payrec_message.edi").read_text("latin-1"))
    assert "Messages without an interchange" in words(answer)
    assert "PAYREC" in words(answer)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Paste an interchange, or choose a file"),
        (" \n ", "Paste an interchange, or choose a file"),
        ("x" * (LARGEST + 1), "The text has more than 1,000,000 characters; use `openics edi check FILE`"),
        ("UNB+UNOC:3+Ω", "The character &#39;Ω&#39; cannot stand in an interchange: it is not in ISO 8859-1 (UNOC)"),
    ],
)
def test_what_cannot_be_worked_on_says_why(text: str, reason: str) -> None:
    answer = post("decode", text)
    assert answer.status_code == 422
    assert f"There is a problem {reason}" in words(answer)


def test_a_file_that_is_too_large_is_not_read() -> None:
    file = SimpleUploadedFile("large.edi", b"x" * (LARGEST + 1))
    answer = Client().post("/workshop/", {"do": "decode", "file": file})
    assert answer.status_code == 422
    assert "The file has more than 1,000,000 bytes" in words(answer)


@pytest.mark.parametrize(
    "text", ["hello", "UNB+'", "UNA:+.? '", "\x00\x01", "UNH+1+CUSDEC:D:99B:UN'", "<script>alert(1)</script>"]
)
@pytest.mark.parametrize(
    "action", ["decode", "json", "form:0", "apply:0", "add:0:lines", "download:json", "nothing", ""]
)
def test_anything_is_answered(text: str, action: str) -> None:
    answer = post(action, text)
    assert answer.status_code in (200, 422)
    assert b"<script>alert" not in answer.content


def test_the_form_writes_the_message_again(published: str) -> None:
    form = post("form:0", published)
    fields = inputs(form)
    assert (fields["port_of_loading"], fields["lines-0-ahecc"]) == ("AUMEL", "03026200")
    fields |= {"port_of_loading": "AUSYD", "lines-0-permits": "PIF9999999"}
    answer = post("apply:0", fields.pop("interchange"), **fields)
    assert written(answer) == published.replace("LOC+9+AUMEL", "LOC+9+AUSYD")


def test_a_wrong_value_stays_in_the_form_with_its_reason(published: str) -> None:
    fields = inputs(post("form:0", published)) | {"version": "two"}
    answer = post("apply:0", fields.pop("interchange"), **fields)
    assert answer.status_code == 422
    assert "Sender Reference Version must be a whole number from 0, not text" in words(answer)
    assert 'href="#version"' in answer.content.decode()
    assert inputs(answer)["version"] == "two"


def test_a_message_that_cannot_be_written_says_why(published: str) -> None:
    fields = inputs(post("form:0", published)) | {"sender_reference": ""}
    answer = post("apply:0", fields.pop("interchange"), **fields)
    assert answer.status_code == 422
    assert "ExportDeclaration has no sender_reference; its message must have one" in words(answer)


def test_lines_are_added_filled_and_removed(published: str) -> None:
    fields = inputs(post("form:0", published))
    added = inputs(post("add:0:lines", fields.pop("interchange"), **fields))
    assert added["lines-1-number"] == ""
    added |= {"lines-1-number": "2", "lines-1-description": "MORE GOODS", "lines-0-permits": "PIF9999999"}
    answer = post("apply:0", added.pop("interchange"), **added)
    assert "CST+2'\nFTX+AAA+++MORE GOODS'" in written(answer)
    fields = inputs(post("form:0", written(answer)))
    fewer = inputs(post("remove:0:lines-0", fields.pop("interchange"), **fields))
    assert fewer["lines-0-description"] == "MORE GOODS"
    assert "lines-1-number" not in fewer


def test_a_long_list_is_shown_in_parts_and_kept_whole(published: str) -> None:
    document = json.loads(post("download:json", published).content)
    line = document["messages"][0]["document"]["lines"][0]
    document["messages"][0]["document"]["lines"] = [{**line, "number": number} for number in range(1, 31)]
    text = written(post("from-json", published, json=json.dumps(document)))
    fields = inputs(post("form:0", text)) | {"lines-3-description": "CHANGED BEFORE TURNING"}
    later = inputs(post("show:0:lines:10", fields.pop("interchange"), **fields))
    assert ("lines-9-number" in later, later["lines-10-number"]) == (False, "11")
    answer = post("apply:0", later.pop("interchange"), **later | {"lines-10-description": "CHANGED AFTER"})
    shown = written(answer)
    assert shown.count("CST+") == 30
    assert (shown.count("CHANGED BEFORE TURNING"), shown.count("CHANGED AFTER")) == (1, 1)
    end = inputs(post("add:0:lines", text, **inputs(post("form:0", text))))
    assert end["lines-30-number"] == ""


def test_json_makes_edifact_and_edifact_json(published: str) -> None:
    form = json.loads(post("download:json", published).content)
    assert form["messages"][0]["document"]["port_of_loading"] == "AUMEL"
    form["messages"][0]["document"]["port_of_loading"] = "AUSYD"
    answer = post("from-json", published, json=json.dumps(form))
    assert written(answer) == published.replace("LOC+9+AUMEL", "LOC+9+AUSYD")


def test_wrong_json_comes_back_with_its_reason(published: str) -> None:
    answer = post("from-json", published, json='{"header": ')
    assert answer.status_code == 422
    assert "This is not JSON: Expecting value at line 1, column 12" in words(answer)
    assert "{&#34;header&#34;: </textarea>" in answer.content.decode()


def test_downloads_carry_the_bytes_and_a_name(published: str) -> None:
    answer = post("download:edi", published)
    assert answer.content == published.rstrip("\n").encode("latin-1")
    assert answer["Content-Disposition"] == 'attachment; filename="AAA676Y_200401270001.edi"'
    assert post("download:json", published)["Content-Type"] == "application/json"


def test_it_is_open_to_nobody_without_the_forms_own_secret(published: str) -> None:
    answer = Client(enforce_csrf_checks=True).post("/workshop/", {"do": "decode", "interchange": published})
    assert answer.status_code == 403


def test_nothing_is_stored(published: str) -> None:
    before = (counts(), Session.objects.count())
    for action in ("decode", "form:0", "apply:0", "json", "download:edi"):
        post(action, published)
    assert (counts(), Session.objects.count()) == before
