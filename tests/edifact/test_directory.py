"""The directory: segments, composites and formats of D.99B."""

import pytest

from openics.edifact.directory import QUALIFIERS, Format, parse_format, segment


def test_a_segment_has_its_values_in_place() -> None:
    layout = segment("LOC")
    assert [(value.element, value.component, value.name, str(value.format)) for value in layout.values[:5]] == [
        (2, 1, "3227", "an..3"),
        (3, 1, "C517.3225", "an..25"),
        (3, 2, "C517.1131", "an..3"),
        (3, 3, "C517.3055", "an..3"),
        (3, 4, "C517.3224", "an..256"),
    ]
    assert layout.sizes == (1, 4, 4, 4, 1)


@pytest.mark.parametrize(
    ("tag", "path", "place"),
    [
        ("TDT", "C222.8213", (9, 1)),
        ("NAD", "3164", (7, 1)),
        ("FTX", "C108.4440", (5, 1)),
        ("FTX", "C108.4440#3", (5, 3)),
        ("CST", "C246#2.7361", (4, 1)),
        ("MEA", "C502.6154", (3, 4)),
        ("UCM", "S011.0104", (7, 2)),
    ],
)
def test_a_path_names_a_place(tag: str, path: str, place: tuple[int, int]) -> None:
    value = segment(tag).value_at(path)
    assert (value.element, value.component) == place


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ValueError, match=r"^segment LOC of D\.99B has no C108\.4440$"):
        segment("LOC").value_at("C108.4440")
    with pytest.raises(ValueError, match=r"^segment FTX of D\.99B has no C108\.4440#6$"):
        segment("FTX").value_at("C108.4440#6")
    with pytest.raises(ValueError, match=r"^the directory holds no segment ZZZ$"):
        segment("ZZZ")


def test_composites_are_known_from_simple_elements() -> None:
    assert segment("LOC").is_composite(3)
    assert not segment("LOC").is_composite(2)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("an..35", Format("an", 1, 35)),
        ("n8", Format("n", 8, 8)),
        ("a2", Format("a", 2, 2)),
        ("n..3", Format("n", 1, 3)),
    ],
)
def test_formats_are_read_and_written(text: str, wanted: Format) -> None:
    assert parse_format(text) == wanted
    assert str(wanted) == text


def test_a_format_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^'x9' is not a format; write e\.g\. an\.\.35, n8 or a2$"):
        parse_format("x9")


def test_every_qualifier_is_an_element_of_its_segment() -> None:
    found = [segment(tag).value_at(path).name for tag, paths in QUALIFIERS.items() for path in paths]
    assert found == [path for paths in QUALIFIERS.values() for path in paths]
