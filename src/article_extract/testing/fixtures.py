"""Read fixtures, extract their pages, compare."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from article_extract import Article, ConfigError, Options, extract

_ABOUT: Final = frozenset(("url", "language", "shows", "traps", "content_type", "must", "note"))
_MUST: Final = frozenset(
    (
        "title kicker lead authors published modified kind language direction headings paragraphs not_in_text in_text quotes not_quotes "
        "embeds related images removed live_updates tags section site_name paywalled truncated next_page description problems"
    ).split()
)


@dataclass(frozen=True, slots=True)
class Fixture:
    """One saved page with what is known of it."""

    folder: Path
    url: str | None
    content_type: str | None
    shows: str
    must: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Site and slug."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def content(self) -> bytes:
        """The page's bytes."""
        packed = self.folder / "page.html.gz"
        return gzip.decompress(packed.read_bytes()) if packed.exists() else (self.folder / "page.html").read_bytes()

    def extract(self, *, spans: bool = False) -> Article:
        """What comes out of the page today."""
        return extract(self.content(), url=self.url, content_type=self.content_type, options=Options(spans=spans))

    def expected(self) -> dict[str, Any] | None:
        """The record as last accepted, None where none was."""
        path = self.folder / "expected.json"
        if not path.exists():
            return None
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return data

    def accept(self, article: Article) -> None:
        """Record a result as the expectation."""
        text = json.dumps(stable_dict(article), ensure_ascii=False, indent=1)
        (self.folder / "expected.json").write_text(text + "\n", encoding="utf-8")


def list_fixtures(root: Path) -> Iterator[Fixture]:
    """All fixtures below a folder, by name. Raises ConfigError for an about.toml that cannot be used."""
    for path in sorted(root.rglob("about.toml")):
        yield read_fixture(path.parent)


def read_fixture(folder: Path) -> Fixture:
    """The fixture in a folder."""
    path = folder / "about.toml"
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    for table, known, where in ((about, _ABOUT, ""), (about.get("must", {}), _MUST, "must.")):
        if unknown := sorted(table.keys() - known):
            raise ConfigError(f"{path}: unknown key {where}{unknown[0]}")
    return Fixture(folder, about.get("url"), about.get("content_type"), about.get("shows", ""), about.get("must", {}))


def stable_dict(article: Article) -> dict[str, Any]:
    """The record without what may change while nothing is wrong: confidence, paths, rules, empty fields."""
    data = article.to_dict()
    for key in ("confidence", "schema_version", "spans"):
        data.pop(key, None)
    return {key: _stable(value) for key, value in data.items() if value not in (None, [], "")}


def _stable(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _stable(v) for k, v in value.items() if k not in ("path", "rule") and v not in (None, [], False, "")}
    if isinstance(value, list):
        return [_stable(v) for v in value]
    return value


def check_fixture(fixture: Fixture, article: Article | None = None) -> list[str]:
    """What differs from expected.json, field by field; empty when nothing does or nothing was recorded."""
    expected = fixture.expected()
    if expected is None:
        return ["nothing recorded yet: accept a result first"]
    got = json.loads(json.dumps(stable_dict(article or fixture.extract())))
    return list(_differences(expected, got, ""))


def _differences(old: Any, new: Any, where: str) -> Iterator[str]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(k for k in new if k not in old)]:
            yield from _differences(old.get(key), new.get(key), f"{where}.{key}" if where else key)
    elif isinstance(old, list) and isinstance(new, list):
        yield from _list_differences(old, new, where)
    elif old != new:
        yield f"{where}: {_short(old)} is now {_short(new)}"


def _list_differences(old: list[Any], new: list[Any], where: str) -> Iterator[str]:
    from difflib import SequenceMatcher

    a, b = [json.dumps(v, sort_keys=True) for v in old], [json.dumps(v, sort_keys=True) for v in new]
    for op, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        if op == "replace" and i2 - i1 == j2 - j1:
            for i, j in zip(range(i1, i2), range(j1, j2), strict=True):
                yield from _differences(old[i], new[j], f"{where}[{i}]")
            continue
        for i in range(i1, i2):
            yield f"{where}[{i}] lost: {_short(old[i])}"
        for j in range(j1, j2):
            yield f"{where}[{j}] new: {_short(new[j])}"


def _short(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("text") or value.get("title") or value.get("name") or json.dumps(value, ensure_ascii=False)
    text = " ".join(str(value).split())
    return repr(text if len(text) <= 90 else text[:80] + "…")


def check_must(fixture: Fixture, article: Article) -> list[str]:
    """Which facts of [must] do not hold, in words."""
    return [message for key, want in fixture.must.items() for message in _CHECKS[key](want, article)]


def _flat(text: object) -> str:
    return " ".join(str(text if text is not None else "").split())


def _same(key: str) -> Any:
    def check(want: Any, article: Article) -> Iterator[str]:
        got = getattr(article, key)
        if isinstance(got, tuple):
            got = list(got)
        if (_flat(got) if isinstance(want, str) else got) != (_flat(want) if isinstance(want, str) else want):
            yield f"{key}: {_short(got)}, not {_short(want)}"

    return check


def _ordered(key: str, want: Sequence[str], got: Sequence[str]) -> Iterator[str]:
    wanted, have = [_flat(w) for w in want], [_flat(g) for g in got]
    for text in wanted:
        if text not in have:
            yield f"{key}: missing {_short(text)}"
    for text in have:
        if text not in wanted:
            yield f"{key}: extra {_short(text)}"
    if sorted(wanted) == sorted(have) and wanted != have:
        yield f"{key}: in another order"


def _authors(want: Sequence[str], article: Article) -> Iterator[str]:
    yield from _ordered("authors", want, [a.name for a in article.authors])


def _headings(want: Sequence[str], article: Article) -> Iterator[str]:
    yield from _ordered("headings", want, [b.text for b in article.body if b.type == "heading"])


def _paragraphs(want: Sequence[str], article: Article) -> Iterator[str]:
    got: list[str] = []
    for block in article.body:
        if block.type == "list":
            got.extend(item.text for item in block.items)  # type: ignore[union-attr]
        elif block.type == "paragraph" or (block.type == "quote" and block.kind == "block"):  # type: ignore[union-attr]
            got.append(block.text)
    yield from _ordered("paragraphs", want, got)


def _not_in_text(want: Sequence[str], article: Article) -> Iterator[str]:
    text = _flat(article.text)
    for chrome in want:
        if _flat(chrome) in text:
            yield f"text: holds {_short(chrome)}"


def _in_text(want: Sequence[str], article: Article) -> Iterator[str]:
    text = _flat(article.text)
    for words in want:
        if _flat(words) not in text:
            yield f"text: lacks {_short(words)}"


def _quotes(want: Sequence[Mapping[str, str]], article: Article) -> Iterator[str]:
    got = [q for q in article.quotes if q.kind != "pull"]
    left = list(got)
    for quote in want:
        words = _flat(quote["text"])
        match = next((q for q in left if _flat(q.text) == words), None)
        if match is None:
            yield f"quotes: missing {_short(words)}"
            continue
        left.remove(match)
        speaker = quote.get("speaker")
        if speaker is not None and _flat(match.speaker) != _flat(speaker):
            yield f"quotes: {_short(words)} said by {match.speaker!r}, not {speaker!r}"
    for extra in left:
        yield f"quotes: extra {_short(extra.text)}"


def _not_quotes(want: Sequence[str], article: Article) -> Iterator[str]:
    said = {_flat(q.text) for q in article.quotes}
    for words in want:
        if _flat(words) in said:
            yield f"quotes: {_short(words)} is no quote"


def _records(key: str, identity: tuple[str, ...]) -> Any:
    """Compare records by some of their fields; only the fields that a fact names count."""

    def check(want: Sequence[Mapping[str, Any]], article: Article) -> Iterator[str]:
        records = list(getattr(article, key))
        left = list(records)
        for fact in want:
            match = next(
                (r for r in left if all(_flat(getattr(r, f)) == _flat(fact[f]) for f in identity if f in fact)), None
            )
            if match is None:
                yield f"{key}: missing {_short(dict(fact))}"
                continue
            left.remove(match)
            for name, value in fact.items():
                if name not in identity and _flat(getattr(match, name)) != _flat(value):
                    yield f"{key}: {_short(dict(fact))}: {name} is {getattr(match, name)!r}, not {value!r}"
        if key != "related":
            for extra in left:
                yield f"{key}: extra {_short(getattr(extra, identity[0]) or extra)}"

    return check


def _images(want: Sequence[Mapping[str, str]], article: Article) -> Iterator[str]:
    got = [(b.caption, b.credit) for b in article.body if b.type == "image"]  # type: ignore[union-attr]
    if article.image:
        got.insert(0, (article.image.caption, article.image.credit))
    for fact in want:
        captions = [pair for pair in got if _flat(pair[0]) == _flat(fact.get("caption"))]
        if not captions:
            yield f"images: missing caption {_short(fact.get('caption'))}"
        elif "credit" in fact and all(_flat(pair[1]) != _flat(fact["credit"]) for pair in captions):
            yield f"images: credit of {_short(fact.get('caption'))} is {captions[0][1]!r}, not {fact['credit']!r}"


def _removed(want: Sequence[Mapping[str, str]], article: Article) -> Iterator[str]:
    for fact in want:
        kinds = {r.kind for r in article.removed if _flat(fact["text"]) in _flat(r.text)}
        if not kinds:
            yield f"removed: missing {_short(fact['text'])}"
        elif fact["kind"] not in kinds:
            yield f"removed: {_short(fact['text'])} as {', '.join(sorted(kinds))}, not {fact['kind']}"


def _language(want: str, article: Article) -> Iterator[str]:
    if article.language.lower().split("-")[0] != want.lower().split("-")[0]:
        yield f"language: {article.language!r}, not {want!r}"


def _problems(want: Sequence[str], article: Article) -> Iterator[str]:
    for words in want:
        if not any(words in problem.message for problem in article.problems):
            yield f"problems: none says {_short(words)}"


_CHECKS: Final[dict[str, Any]] = {
    **{
        key: _same(key)
        for key in (
            "title kicker lead published modified kind direction tags section site_name paywalled truncated next_page description"
        ).split()
    },
    "language": _language,
    "authors": _authors,
    "headings": _headings,
    "paragraphs": _paragraphs,
    "not_in_text": _not_in_text,
    "in_text": _in_text,
    "quotes": _quotes,
    "not_quotes": _not_quotes,
    "embeds": _records("embeds", ("provider", "id")),
    "related": _records("related", ("title",)),
    "live_updates": _records("live_updates", ("title",)),
    "images": _images,
    "removed": _removed,
    "problems": _problems,
}
