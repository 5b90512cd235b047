"""Every sample message of the tests says where it comes from; the examples are looked at in `test_message_index`."""

from pathlib import Path

from meta.project import files, read

CORPUS = Path("tests/corpus")


def test_every_sample_says_where_it_comes_from() -> None:
    provenance = read(CORPUS / "PROVENANCE.md")
    samples = [path.name for path in files() if path.suffix == ".edi" and path.parent == CORPUS]
    assert samples != []
    assert [name for name in samples if f"`{name}`" not in provenance] == []
