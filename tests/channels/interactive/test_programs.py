"""The page Programs: made, shown once, given another secret, ended, by people of the organisation only."""

import re

import pytest

from channels.api.conftest import ask
from channels.interactive.conftest import Browse
from openics.channels.api.models import Program, ProgramSecret
from openics.channels.interactive.pages.programs import CHANGES
from openics.clients.models import AccessGrant
from openics.exchange.models import Event
from openics.information.models import Disclosure
from web.sample import Sample, person

SECRET = re.compile(r"openics_secret_[A-Za-z0-9_-]{43}")


def make(browse: Browse, sample: Sample, name: str = "Export desk") -> tuple[Program, str]:
    """A program made on the page, and its secret as shown there."""
    answer = browse(sample.trader).post("/programs/new/", {"name": name, "scopes": ["exports:lodge"]})
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    found = SECRET.search(answer.content.decode())
    assert found is not None
    return Program.objects.latest("id"), found[0]


def token(program: Program, secret: str) -> int:
    """How a token request is answered."""
    return ask("post", "/token", form={"grant_type": "client_credentials"}, basic=(program.identifier, secret)).status


def test_a_program_is_made_and_its_secret_shown_once(sample: Sample, browse: Browse) -> None:
    program, secret = make(browse, sample)
    assert (program.client, program.name, program.scopes) == (sample.trader.client, "Export desk", ["exports:lodge"])
    assert (program.made_by, token(program, secret)) == (sample.trader, 200)
    page = browse(sample.trader).get("/programs/").content.decode()
    assert (program.identifier in page, secret in page, SECRET.search(page)) == (True, False, None)
    event = Event.objects.get(code="program.made")
    assert (event.subject_key, event.actor, event.data["scopes"]) == (
        program.identifier,
        sample.trader.email,
        ["exports:lodge"],
    )
    assert secret.encode() not in bytes(ProgramSecret.objects.get().digest)


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ({"name": "", "scopes": ["exports:read"]}, "A program needs a name of 1 to 80 characters."),
        ({"name": "x" * 81, "scopes": ["exports:read"]}, "A program needs a name of 1 to 80 characters."),
        ({"name": "A", "scopes": []}, "A program without any scope can do nothing."),
        ({"name": "A", "scopes": ["everything"]}, "There is no scope everything."),
    ],
)
def test_what_cannot_be_is_told(form: dict[str, object], text: str, sample: Sample, browse: Browse) -> None:
    answer = browse(sample.trader).post("/programs/new/", form)
    assert (answer.status_code, text in answer.content.decode()) == (422, True)
    assert Program.objects.count() == 0


def test_another_secret_works_beside_the_first(sample: Sample, browse: Browse) -> None:
    program, first = make(browse, sample)
    address = f"/programs/{program.identifier}/secret/"
    assert browse(sample.trader).get(address).status_code == 200
    second = SECRET.search(browse(sample.trader).post(address, {"overlap": "7"}).content.decode())
    assert second is not None
    assert (token(program, first), token(program, second[0])) == (200, 200)
    third = SECRET.search(browse(sample.trader).post(address, {"overlap": "0"}).content.decode())
    assert third is not None
    assert [token(program, each) for each in (first, second[0], third[0])] == [401, 401, 200]


def test_an_ended_program_is_ended_for_good(sample: Sample, browse: Browse) -> None:
    program, secret = make(browse, sample)
    address = f"/programs/{program.identifier}/end/"
    assert b"This cannot be undone" in browse(sample.trader).get(address).content
    assert token(program, secret) == 200
    assert browse(sample.trader).post(address)["Location"] == "/programs/"
    assert token(program, secret) == 401
    again = browse(sample.trader).post(f"/programs/{program.identifier}/secret/", {"overlap": "7"})
    assert (again.status_code, ProgramSecret.objects.count()) == (302, 1)


def test_programs_are_for_the_people_of_their_organisation(sample: Sample, browse: Browse) -> None:
    program, secret = make(browse, sample)
    Disclosure.objects.all().delete()
    for change in ("secret", "end"):
        address = f"/programs/{program.identifier}/{change}/"
        seen = [
            browse(each).post(address).status_code for each in (None, sample.newcomer, sample.stranger, sample.officer)
        ]
        assert seen == [302, 302, 404, 403]
    foreign = browse(sample.stranger).get(f"/programs/{program.identifier}/end/")
    missing = browse(sample.stranger).get("/programs/prg-nobody/end/")
    blank = [re.sub(rb'value="[^"]*"', b"", each.content) for each in (foreign, missing)]
    assert (foreign.status_code, missing.status_code, blank[0] == blank[1]) == (404, 404, True)
    assert program.identifier.encode() not in browse(sample.stranger).get("/programs/").content
    assert (ProgramSecret.objects.count(), token(program, secret)) == (1, 200)
    assert browse(sample.trader).get(f"/programs/{program.identifier}/paint/").status_code == 404
    refused = Disclosure.objects.filter(person=sample.stranger, allowed=False).values_list("subject_key", flat=True)
    assert set(refused) == {program.identifier, "prg-nobody"}


def test_programs_are_for_administrators(sample: Sample, browse: Browse) -> None:
    program, secret = make(browse, sample)
    second = person("second@meridian.example", "Second Clerk", sample.trader.client)
    AccessGrant.objects.create(person=second, application="exports", level="lodge")
    colleague = browse(second)
    form = {"name": "Mine", "scopes": ["exports:lodge"], "overlap": "0"}
    addresses = ["/programs/", "/programs/new/", *(f"/programs/{program.identifier}/{each}/" for each in CHANGES)]
    seen = [(colleague.get(address).status_code, colleague.post(address, form).status_code) for address in addresses]
    assert seen == [(403, 405), (403, 403), (403, 403), (403, 403)]
    assert b'href="/programs/"' not in colleague.get("/messages/").content
    assert b'href="/programs/"' in browse(sample.trader).get("/messages/").content
    assert (Program.objects.count(), ProgramSecret.objects.count(), token(program, secret)) == (1, 1, 200)
    refused = Disclosure.objects.filter(person=second, allowed=False).values_list("subject_key", flat=True)
    assert set(refused) == set(addresses)


def test_a_program_is_given_no_more_than_who_makes_it_may_do(sample: Sample, browse: Browse) -> None:
    wide, secret = make(browse, sample)
    AccessGrant.objects.filter(person=sample.trader).exclude(application="exports").delete()
    AccessGrant.objects.filter(person=sample.trader).exclude(level="read").delete()
    trader = browse(sample.trader)
    offered = re.findall(
        r'name="scopes" type="checkbox" value="([^"]+)"', trader.get("/programs/new/").content.decode()
    )
    assert offered == ["exports:read"]
    for scope in ("exports:lodge", "register:read", "sites:read"):
        answer = trader.post("/programs/new/", {"name": "More", "scopes": ["exports:read", scope]})
        said = f"The scope {scope} is more than you have been granted yourself."
        assert (answer.status_code, answer.content.decode().count(said)) == (422, 2)
    renewed = trader.post(f"/programs/{wide.identifier}/secret/", {"overlap": "0"})
    assert (renewed.status_code, SECRET.search(renewed.content.decode())) == (422, None)
    assert b"The scope exports:lodge is more than you have been granted yourself." in renewed.content
    assert (Program.objects.count(), ProgramSecret.objects.count(), token(wide, secret)) == (1, 1, 200)
    assert trader.post("/programs/new/", {"name": "Less", "scopes": ["exports:read"]}).status_code == 200
    assert Program.objects.latest("id").scopes == ["exports:read"]
    AccessGrant.objects.filter(person=sample.trader).delete()
    assert b"you have been granted nothing that a program can do" in trader.get("/programs/new/").content


def test_the_page_of_the_api_is_for_everybody(sample: Sample, browse: Browse) -> None:
    page = browse(None).get("/api/")
    text = page.content.decode()
    assert page.status_code == 200
    for part in ("POST /submissions", "TEST-HOLD", 'id="problem-key-reused"', "exports:lodge", "Idempotency-Key"):
        assert part in text
    assert "<script src=" not in text.replace('<script src="/static/', "")
