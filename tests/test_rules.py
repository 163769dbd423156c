"""The data files: every hit is recognised, every miss is not, faulty files are refused."""

from __future__ import annotations

import re
from typing import Any

import pytest
from lxml import etree

from article_extract import RuleFileError
from article_extract.dom import NAMING
from article_extract.languages import find_language, list_languages, primary_code, read_language
from article_extract.rules import markup_traits, phrase_book, read_names, read_traits
from article_extract.text import phrase_key

ASKED_FOR = "ar fa he ur tr en de fr es it pt nl sv da no fi pl cs ru uk el hi bn id vi th zh ja ko zu".split()


def names_in(markup: str) -> str:
    """The naming attributes of an element given as `class="a" id="b"`."""
    element = etree.fromstring(f"<x {markup}/>")
    return " ".join(str(value) for key, value in element.items() if key in NAMING)


@pytest.mark.parametrize(
    ("trait", "hit"), [pytest.param(t, h, id=f"{t.name} {h}") for t in markup_traits() for h in t.hits]
)
def test_markup_hit(trait: Any, hit: str) -> None:
    names = read_names(names_in(hit))
    assert names.hidden if trait.name == "hidden" else names.trait == trait.name, names.trait


@pytest.mark.parametrize(
    ("trait", "miss"), [pytest.param(t, m, id=f"{t.name} {m}") for t in markup_traits() for m in t.misses]
)
def test_markup_miss(trait: Any, miss: str) -> None:
    names = read_names(names_in(miss))
    assert not (names.hidden if trait.name == "hidden" else names.trait == trait.name)


def test_every_language_asked_for_has_a_file() -> None:
    assert set(ASKED_FOR) <= set(list_languages())


@pytest.mark.parametrize("code", list_languages())
def test_language_file_loads(code: str) -> None:
    language = find_language(code)
    assert language is not None
    assert language.direction in ("ltr", "rtl")
    assert language.chrome


def recognised(code: str, text: str) -> str | None:
    """The kind that a whole block gets from phrases alone."""
    book = phrase_book(code)
    key = phrase_key(text)
    opening = book.opening(key)
    return book.kind_of(key) or (opening[1] if opening else None)


def phrase_cases(which: str) -> list[Any]:
    return [
        pytest.param(code, kind, text, id=f"{code} {kind} {text[:40]}")
        for code in list_languages()
        for kind, phrases in (find_language(code) or pytest.fail(code)).chrome.items()
        for text in getattr(phrases, which)
    ]


@pytest.mark.parametrize(("code", "kind", "text"), phrase_cases("hits"))
def test_phrase_hit(code: str, kind: str, text: str) -> None:
    assert recognised(code, text) is not None


@pytest.mark.parametrize(("code", "kind", "text"), phrase_cases("misses"))
def test_phrase_in_a_story_is_no_chrome(code: str, kind: str, text: str) -> None:
    from article_extract import extract

    language = find_language(code)
    assert language is not None
    filler = text if re.search(r"[.。।؟?!۔]$", text) else text + "."
    page = (
        f"<html lang='{code}'><body><article><h1>{text[:20]}</h1>"
        + "".join(f"<p>{t}</p>" for t in (filler, filler + " (2)", filler + " (3)"))
        + "</article></body></html>"
    )
    article = extract(page)
    assert not [r for r in article.removed if r.kind == kind and phrase_key(r.text) == phrase_key(filler)]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param({"trait": [{"name": "x", "words": ["a"], "why": "w"}]}, "hit and one miss", id="no hits"),
        pytest.param({"trait": [{"name": "x", "wrds": ["a"]}]}, "unknown key wrds", id="misspelt key"),
        pytest.param({"trait": [{"name": "x", "hits": ["a"], "misses": ["b"]}]}, "are needed", id="no words"),
    ],
)
def test_faulty_markup_file(data: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleFileError, match=says):
        read_traits(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param({"name": "X"}, "direction is missing", id="no direction"),
        pytest.param({"name": "X", "direction": "ltr", "colour": 1}, "unknown key colour", id="unknown key"),
        pytest.param(
            {"name": "X", "direction": "ltr", "chrome": {"shares": {}}}, "unknown key chrome.shares", id="unknown kind"
        ),
        pytest.param(
            {"name": "X", "direction": "ltr", "chrome": {"share": {"start": ["Share"]}}},
            "needs hits and misses",
            id="start without cases",
        ),
        pytest.param({"name": "X", "direction": "ltr", "dates": {"months": [["jan"]]}}, "not 12", id="months"),
        pytest.param({"name": "X", "direction": "ltr", "speech": {"verbs": "said"}}, "not a list", id="not a list"),
    ],
)
def test_faulty_language_file(data: dict[str, Any], says: str) -> None:
    with pytest.raises(RuleFileError, match=says):
        read_language("xx", data)


@pytest.mark.parametrize(
    ("tag", "code"),
    [("pt-BR", "pt"), ("zh_TW", "zh"), ("iw", "he"), ("nb-NO", "no"), (None, "und"), ("EN", "en")],
)
def test_primary_code(tag: str | None, code: str) -> None:
    assert primary_code(tag) == code
