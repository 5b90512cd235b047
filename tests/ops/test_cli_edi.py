"""`openics edi`: what people see."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from openics.ops.cli.edi import app

SAMPLES = ["exd", "streq", "clreg", "contrl_accepted", "contrl_rejected", "clregr_accepted", "clntdup", "erm"]

JUDGED = {"exd": 1, "clreg": 10}
"""Samples that break document rules, and how many: the one before these rules, the other refused in traffic too."""


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.output


@pytest.fixture
def broken(corpus: Path, tmp_path: Path) -> Path:
    path = tmp_path / "broken.edi"
    path.write_bytes((corpus / "exd.edi").read_bytes().replace(b"DTM+129:20030128:102", b"DTM+129:20030128:204"))
    return path


@pytest.mark.parametrize("sample", [each for each in SAMPLES if each not in JUDGED])
def test_a_good_interchange_has_no_faults(corpus: Path, sample: str) -> None:
    assert run("check", corpus / f"{sample}.edi") == (0, f"{sample}.edi: 1 message, 0 faults\n")


@pytest.mark.parametrize(("sample", "count"), JUDGED.items())
def test_a_sample_that_breaks_document_rules_ends_with_1(corpus: Path, sample: str, count: int) -> None:
    code, output = run("check", corpus / f"{sample}.edi")
    faults = f"{count} fault{'' if count == 1 else 's'}"
    assert (code, output.splitlines()[-1]) == (1, f"{sample}.edi: 1 message, {faults}")
    assert output.count("  layer    document rules, error ") == count


def test_a_fault_is_shown_in_its_context(broken: Path) -> None:
    assert run("check", broken) == (
        1,
        "message 1, segment 7 (DTM), element 2, component 3: DTM C507.2379 is '204'\n"
        "    LOC+18+ABC123::95'\n"
        "    DTM+129:20030128:204'\n"
        "                     ^^^\n"
        "    GIS+N:79:95'\n"
        "  layer    syntax and structure, error 12 invalid value\n"
        "  path     DTM+129 / C507.2379\n"
        "  found    204\n"
        "  allowed  102\n"
        "  rule     EXD segment table\n"
        "  see      errors/contrl-12, messages/EXD\n"
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
    code, output = run("check", "--contrl", corpus / "streq.edi")
    assert (code, output.splitlines()[1:3]) == (
        0,
        ["UCI+200401270016+AAA676Y::AAA676Y+AAA336C+7'", "UCM+1+GENRAL:D:99B:UN+7'"],
    )
    accepted = run("check", "--contrl", corpus / "exd.edi")[1]
    assert accepted.splitlines()[2] == "UCM+1+CUSDEC:D:99B:UN+7'"


def test_faults_as_json(broken: Path) -> None:
    code, output = run("check", "--format", "json", broken)
    (problem,) = json.loads(output)["problems"]
    assert code == 1
    assert problem == {
        "layer": "syntax and structure",
        "text": "DTM C507.2379 is '204'",
        "place": "message 1, segment 7 (DTM), element 2, component 3",
        "offset": broken.read_bytes().index(b"204'"),
        "path": "DTM+129 / C507.2379",
        "message": 0,
        "document": "EXD",
        "segments": [7],
        "line": 0,
        "found": "204",
        "expected": "102",
        "rule": "EXD segment table",
        "code": "12",
        "meaning": "invalid value",
        "severity": "ERROR",
        "page": "errors/contrl-12",
        "pages": ["messages/EXD"],
    }


def test_the_short_options_say_the_same(broken: Path) -> None:
    assert run("check", "--json", broken) == run("check", "--format", "json", broken)
    assert run("check", "--contrl", broken) == run("check", "--format", "contrl", broken)
    assert run("check", broken) == run("check", "--format", "text", broken)


def test_findings_of_the_document_rules_show_the_segments_concerned(corpus: Path) -> None:
    code, output = run("check", corpus / "clreg.edi")
    blocks = output.split("\n\n")
    assert (code, blocks[-1]) == (1, "clreg.edi: 1 message, 10 faults\n")
    assert blocks[1].splitlines() == [
        "message 1, L0 (header): BUSINESS ADDRESS LINE 1 NOT ALLOWED WITH ABN",
        "    RFF+ABN:51824753556'",
        "            ^^^^^^^^^^^",
        "    FTX+CAT+BA++1 EXAMPLE STREET::EXAMPLETOWN:4210:QLD+AU'",
        "                ^^^^^^^^^^^^^^^^",
        "  layer    document rules, error CL0405",
        "  path     SG1 / RFF+ABN / C506.1154, SG7 / SG8 / SG14 / FTX+CAT+BA / C108.4440#1",
        "  item     ABN, Street Address",
        "  found    51824753556, 1 EXAMPLE STREET",
        "  rule     CL0405 (rejected CLREG in ICS test traffic (zozoh/walnut, re_error))",
        "  see      errors/CL0405, messages/CLREG",
    ]


def test_explain_tells_a_message_item_by_item(corpus: Path) -> None:
    code, output = run("explain", corpus / "exd.edi")
    lines = output.splitlines()
    assert code == 0
    assert lines[:9] == [
        "Interchange 200401270001 from AAA676Y to AAA336C",
        "  Prepared 27 January 2004, 07:30 by the sender's clock.",
        "  A receipt (CONTRL) is asked for. It is a test.",
        "",
        "EXD: Export declaration (CUSDEC), message 1 of 1, reference 1",
        "  An owner of goods, or an agent, reports goods meant for export.",
        "  BGM  Sender Reference: 200401270001",
        "       Sender Reference Version: 1",
        "       Transaction Type: 9 (original)",
    ]
    assert "  DTM  Intended Date of Export: 28 January 2003" in lines
    assert "  MOA  Total FOB Value: 5,000 AUD" in lines
    start = lines.index("  Line 1")
    assert lines[start - 1 : start + 4] == [
        "  UNS  the lines begin",
        "  Line 1",
        "    CST  Line Number: 1",
        "         Line Action Code: I (insert)",
        "    FTX  Goods Description: GOODS DESCRIPTION",
    ]


def test_explain_shows_faults_where_they_are(broken: Path) -> None:
    code, output = run("explain", broken)
    lines = output.splitlines()
    fault = "  ! message 1, segment 7 (DTM), element 2, component 3: DTM C507.2379 is '204'; allowed: 102"
    assert (code, f"{fault} (see errors/contrl-12)" in lines) == (0, True)
    assert (
        lines[lines.index(f"{fault} (see errors/contrl-12)") - 1] == "  DTM  Intended Date of Export: 28 January 2003"
    )


def test_explain_shows_what_is_unknown_as_it_stands(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "unknown.edi"
    path.write_bytes((corpus / "streq.edi").read_bytes().replace(b":::STREQ", b":::XSTREQ"))
    code, output = run("explain", path)
    title, bgm, fault, rff = output.splitlines()[4:8]
    assert (code, title) == (0, "XSTREQ, not known, message 1 of 1, reference 1")
    assert (bgm, rff) == ("  BGM  BGM+23:::XSTREQ+200401270016:1+13", "  RFF  RFF+TN:AAAAAAAT4")
    start = (
        "  ! message 1, segment 2 (BGM), element 2, component 4: message not known: XSTREQ as GENRAL; allowed: STREQ"
    )
    assert (fault[: len(start)], fault[-22:]) == (start, "(see errors/contrl-14)")


def test_explain_tells_moments_of_answers(corpus: Path) -> None:
    lines = run("explain", corpus / "erm.edi")[1].splitlines()
    assert [line.strip() for line in lines if "Response Time" in line] == [
        "DTM  Response Time (UTC): 30 May 2026, 01:55:42 UTC"
    ]


def test_explain_of_what_is_no_interchange(tmp_path: Path) -> None:
    path = tmp_path / "none.edi"
    path.write_bytes(b"hello")
    code, output = run("explain", path)
    assert (code, output[:4]) == (1, "  ! ")


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
    assert "  Line 1" in lines
    assert "    Permit: PIF9999999" in lines


def test_show_says_what_it_does_not_know(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "unknown.edi"
    path.write_bytes((corpus / "imdr.edi").read_bytes().replace(b":::IMDR", b":::XIMDR"))
    code, output = run("show", path)
    assert code == 0
    assert "XIMDR, reference 000001" in output.splitlines()
    assert (
        "  message 1, segment 2 (BGM), element 2, component 4: message not known: XIMDR as CUSRES"
        in output.splitlines()
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
