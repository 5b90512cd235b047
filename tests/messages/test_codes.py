"""Code lists: every code has a meaning, and is the code."""

import inspect
from importlib import import_module
from itertools import pairwise
from pkgutil import iter_modules

import pytest

from openics.messages import choices, codes
from openics.messages.codes import CodeList, GoodsType


def test_a_member_is_its_code_and_has_a_meaning() -> None:
    assert GoodsType.STORES == "ST"
    assert f"{GoodsType.STORES}" == "ST"
    assert GoodsType("ST") is GoodsType.STORES
    assert GoodsType.STORES.meaning == "stores for consumption on board"


def test_meanings_are_in_the_order_of_the_list() -> None:
    assert list(GoodsType.meanings()) == ["OT", "ST", "SP", "OP", "AB", "PO"]
    assert list(codes.GoodsOrigin.meanings())[-1] == "YY-FO"
    assert len(codes.Unit) == 36


@pytest.mark.parametrize("code_list", codes.ALL, ids=lambda each: each.__name__)
def test_every_list_says_what_it_is_and_every_code_what_it_means(code_list: type[CodeList]) -> None:
    assert code_list.heading().endswith(".")
    assert [member.value for member in code_list if not member.meaning] == []
    assert len(code_list.meanings()) == len(code_list)


def test_choices_are_values_and_each_is_explained() -> None:
    modules = [import_module(f"{choices.__name__}.{each.name}") for each in iter_modules(choices.__path__)]
    lines = [line for module in modules for line in inspect.getsource(module).splitlines() if line]
    unexplained = [line for line, after in pairwise(lines) if ": Final = " in line and not after.startswith('"""')]
    assert unexplained == []
    assert import_module("openics.messages.choices.exports").PRESCRIBED_GOODS_LIST == "109"
