"""`openics edi`: what people see."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openics.ops.cli.edi import app

SAMPLES = ["exd", "streq", "clreg", "contrl_accepted", "contrl_rejected", "clregr_accepted", "clntdup", "erm"]


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def broken(corpus: Path, tmp_path: Path) -> Path:
    path = tmp_path / "broken.edi"
    path.write_bytes((corpus / "exd.edi").read_bytes().replace(b"DTM+129:20030128:102", b"DTM+129:20030128:204"))
    return path


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_good_interchange_has_no_faults(corpus: Path, sample: str) -> None:
    assert run("check", corpus / f"{sample}.edi") == (0, f"{sample}.edi: 1 message, 0 faults\n")


def test_a_fault_is_shown_in_its_context(broken: Path) -> None:
    assert run("check", broken) == (
        1,
        "message 1, segment 7 (DTM), element 2, component 3: DTM C507.2379 is '204'\n"
        "    LOC+18+ABC123::95'\n"
        "    DTM+129:20030128:204'\n"
        "                     ^^^\n"
        "    GIS+N:79:95'\n"
        "  code 12, invalid value; rule: EXD segment table\n"
        "  expected: 102\n"
        "\n"
        "broken.edi: 1 message, 1 fault\n",
    )


def test_a_fault_of_the_data_dictionary_is_shown_too(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.edi"
    path.write_bytes((corpus / "streq.edi").read_bytes().replace(b"AAAAAAAT4", b"AAAA"))
    code, output = run("check", path)
    assert code == 1
    assert output.splitlines()[:4] == [
        "message 1, segment 3 (RFF), element 2, component 2: Length of CUSTOMSAUTHORITYNUMBER in BODY is 4 characters, "
        "less than the minimum field length of 9",
        "    BGM+23:::STREQ+200401270016:1+13'",
        "    RFF+TN:AAAA'",
        "           ^^^^",
    ]


def test_the_contrl_is_printed(broken: Path, corpus: Path) -> None:
    assert run("check", "--contrl", broken) == (
        1,
        "UNH+1+CONTRL:D:3:UN'\n"
        "UCI+200401270001+AAA676Y::AAA676Y+AAA336C+4'\n"
        "UCM+1+CUSDEC:D:99B:UN+4+18'\n"
        "UCS+7+18'\n"
        "UCD+12+2:3'\n"
        "UNT+6+1'\n",
    )
    code, output = run("check", "--contrl", corpus / "exd.edi")
    assert (code, output.splitlines()[1:3]) == (
        0,
        ["UCI+200401270001+AAA676Y::AAA676Y+AAA336C+7'", "UCM+1+CUSDEC:D:99B:UN+7'"],
    )


def test_faults_as_json(broken: Path) -> None:
    code, output = run("check", "--json", broken)
    (fault,) = json.loads(output)["faults"]
    assert code == 1
    assert json.loads(output)["data_faults"] == []
    assert (fault["code"], fault["segment"], fault["element"], fault["component"]) == (12, 7, 2, 3)
    assert broken.read_bytes()[fault["offset"] :][:3] == b"204"
    assert (fault["found"], fault["expected"]) == ("204", "102")


@pytest.mark.parametrize("content", [b"", b"hello", b"UNH+1+CUSDEC:D:99B:UN'", b"\x00\xff" * 50, b"UNB+UNOC:3"])
def test_what_is_no_interchange_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "none.edi"
    path.write_bytes(content)
    code, output = run("check", path)
    assert (code, output.splitlines()[-1][:19]) == (1, "none.edi: 0 message")


def test_there_is_no_contrl_without_a_header(tmp_path: Path) -> None:
    path = tmp_path / "none.edi"
    path.write_bytes(b"hello")
    assert run("check", "--contrl", path) == (1, "no CONTRL: the header cannot be read\n")


@pytest.mark.parametrize("sample", [*SAMPLES, "atd", "imdr", "refacc", "ubmreqr"])
def test_show_and_write_give_the_same_bytes(corpus: Path, tmp_path: Path, sample: str) -> None:
    data = (corpus / f"{sample}.edi").read_bytes()
    code, output = run("show", "--json", corpus / f"{sample}.edi")
    assert code == 0
    form, written = tmp_path / "form.json", tmp_path / "written.edi"
    form.write_text(output, encoding="utf-8")
    assert run("write", form, "--output", written) == (0, "")
    assert written.read_bytes() == data
    result = CliRunner().invoke(app, ["write", str(form)])
    assert result.stdout_bytes == data


def test_show_puts_it_in_words(corpus: Path) -> None:
    code, output = run("show", corpus / "exd.edi")
    lines = output.splitlines()
    assert code == 0
    assert lines[:3] == ["sender: AAA676Y", "owner: AAA676Y", "recipient: AAA336C"]
    assert "EXD (export declaration), reference 1" in lines
    assert "  Export Goods Type: OT (general consigned cargo)" in lines
    assert "  Lines 1" in lines
    assert "    Permit: PIF9999999" in lines


def test_show_says_what_it_does_not_know(corpus: Path) -> None:
    code, output = run("show", corpus / "imdr.edi")
    assert code == 0
    assert "IMDR, reference 000001" in output.splitlines()
    assert (
        "  message 1, segment 2 (BGM), element 2, component 4: message not known: IMDR as CUSRES" in output.splitlines()
    )


def test_show_of_what_is_no_interchange(tmp_path: Path) -> None:
    path = tmp_path / "none.edi"
    path.write_bytes(b"hello")
    code, output = run("show", path)
    assert (code, output.splitlines()[0][:27]) == (1, "this is not an interchange:")


MAKES_JSON = "`openics edi show FILE --json` makes the JSON form of an interchange"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{}", "form.json: an interchange is an object with a header, itself an object, or null for messages alone"),
        ("nonsense", f"form.json: this is not JSON: Expecting value at line 1, column 1; {MAKES_JSON}"),
        ("caf\xe9", f"form.json: this is not JSON: byte 3 is no UTF-8; {MAKES_JSON}"),
    ],
)
def test_write_says_what_is_wrong(tmp_path: Path, content: str, words: str) -> None:
    path, target = tmp_path / "form.json", tmp_path / "out.edi"
    path.write_text(content, encoding="latin-1")
    assert run("write", path, "--output", target) == (1, f"{words}\n")
    assert not target.exists()


def test_write_says_where_it_cannot_write(corpus: Path, tmp_path: Path) -> None:
    form, target = tmp_path / "form.json", tmp_path / "none" / "out.edi"
    form.write_text(run("show", corpus / "exd.edi", "--json")[1], encoding="utf-8")
    words = f"cannot write {target}: No such file or directory; choose another --output\n"
    assert run("write", form, "--output", target) == (1, words)
    assert not target.parent.exists()
