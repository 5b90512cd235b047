"""`openics messages`: what people see."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from openics.messages.exports.streq import StatusRequest
from openics.messages.registry import ALL
from openics.ops.cli.main import app


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["messages", *arguments])
    return result.exit_code, result.output


def test_the_list_has_a_line_for_every_message() -> None:
    code, output = run()
    heading, *lines = output.splitlines()
    assert (code, heading.split()) == (
        0,
        ["Message", "Type", "Direction", "Evidence", "Items", "Rules", "Examples", "Title"],
    )
    assert [line.split()[:2] for line in lines] == [[each.name, each.guide.type] for each in ALL]


def test_the_list_as_json() -> None:
    code, output = run("--json")
    streq = next(each for each in json.loads(output) if each["name"] == "STREQ")
    assert (code, streq | {"examples": [], "rules": 0}) == (
        0,
        {
            "name": "STREQ",
            "type": "GENRAL",
            "title": "Status request",
            "direction": "in",
            "evidence": "D",
            "items": 4,
            "rules": 0,
            "examples": [],
        },
    )


def test_one_message_is_shown_with_segments_items_and_codes() -> None:
    code, output = run("streq")
    lines = [line.rstrip() for line in output.splitlines()]
    assert (code, lines[0]) == (0, "STREQ: Status request")
    assert "Answered by STREQR" in lines
    assert "  RFF    M    1      RFF+TN" in lines
    assert lines[lines.index("Items") :] == [
        "Items",
        "  Sender Reference  BGM/C106.1004  text an..35; mandatory",
        "  Sender Reference Version  BGM/C106.1056  integer n..3; mandatory: always 1",
        "  Transaction Type  BGM/1225  text; mandatory",
        "      13  request",
        "  Customs Authority Number  SG1/RFF+TN/C506.1154  text an9; mandatory",
    ]


def test_long_lists_are_named_and_records_are_headed() -> None:
    output = run("EXD")[1].splitlines()
    assert "Lines" in output
    assert "      36 codes, others possible: codes/Unit" in output


def test_one_message_as_json() -> None:
    code, output = run("STREQ", "--json")
    form = json.loads(output)
    assert (code, form["page"], form["answer"]) == (0, "messages/STREQ", "STREQR")
    assert form["segments"][3] == {"depth": 1, "name": "RFF", "mandatory": True, "times": 1, "uses": ["RFF+TN"]}
    assert form["parts"][0]["items"][3] == {
        "name": "authority_number",
        "label": "Customs Authority Number",
        "place": "SG1/RFF+TN/C506.1154",
        "kind": "text",
        "repeated": False,
        "length": "an9",
        "use": "M",
        "evidence": "S",
    }


def test_the_schema() -> None:
    code, output = run("STREQ", "--schema")
    assert (code, json.loads(output)) == (0, StatusRequest.json_schema())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["XD"], "there is no message 'XD'; did you mean EXD"),
        (
            ["NOTHING AT ALL, REALLY"],
            "there is no message 'NOTHING AT ALL, REAL'; `openics messages` lists those there are",
        ),
        (["--schema"], "name the message, e.g. `openics messages EXD --schema`"),
        (["EXD", "--example", "none"], "EXD has no example 'none'; there is "),
    ],
)
def test_what_cannot_be_shown_is_said(arguments: list[str], words: str) -> None:
    code, output = run(*arguments)
    assert (code, output[: len(words)]) == (1, words)


def test_the_bundle_is_written(tmp_path: Path) -> None:
    target = tmp_path / "messages.zip"
    code, output = run("--bundle", str(target))
    names = ZipFile(target).namelist()
    assert (code, output) == (0, f"{target}: {len(names)} files\n")
    assert {"README.txt", "schemas/EXD.schema.json", "examples/SEACR/typical.edi"} <= set(names)


def test_a_bundle_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "messages.zip"
    assert run("--bundle", str(target)) == (
        1,
        f"cannot write {target}: No such file or directory; choose another file\n",
    )
