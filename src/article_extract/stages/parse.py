"""
Text to a tree.

lxml does the work. Around it stand the things it cannot bear: elements with thousands of attributes (it
compares each with each), nesting beyond what libxml2 holds (from 2.14 on it stops at 2,048 levels and loses the rest),
markup after `</html>` (it ends up in a second root), and an opening tag of raw text that is never closed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, cast

from lxml import etree

from article_extract.options import Options
from article_extract.page import DecodedPage, Page
from article_extract.records import Problem
from article_extract.trees import TreeBuilder, empty_tree, replay_lxml, replay_soup, xml_text
from article_extract.urls import absolute

if TYPE_CHECKING:
    from lxml.etree import _Element

_SCREEN: Final = 2048
"""An element whose tag is shorter than two of these cannot hold enough attributes to matter."""
_MAX_ATTRIBUTES: Final = 256
_TAG_NAME: Final = re.compile(r"<[a-zA-Z][^\s/>]*+(?=[\s/])")
_ATTRIBUTE: Final = re.compile(r"""[\s/]*+([^\s"'>/=]++|["'=])(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]*+))?+""")
_FINDS_DEPTH_ITSELF: Final = etree.LIBXML_VERSION >= (2, 14)
_RESOURCE_LIMIT: Final = 114
"""libxml2's XML_ERR_RESOURCE_LIMIT, which lxml 5 has no name for."""
_LIBXML_DEPTH: Final = 2000
"""From here on the parser's own limit decides whether the page is too deep."""
_QUICK_DEPTH: Final = 200
_RAW_MARKS: Final = (("<script", "</script"), ("<style", "</style"), ("<!--", "-->"))
_RAW_TAGS: Final = (
    "title",
    "script",
    "style",
    "textarea",
    "iframe",
    "xmp",
    "noembed",
    "noframes",
    "noscript",
    "template",
)
_SECOND_PARSER_MAX: Final = 4 * 1024 * 1024
"""BeautifulSoup needs some hundred bytes of memory for each byte of dense markup."""


def parse(source: DecodedPage, url: str | None, options: Options) -> Page:
    """A tree for decoded content, with an `html` root and a `body`; never raises.

    Content that is no markup gives an empty page; plain text gives one paragraph for each stretch between empty lines.
    The problems of decoding come first in `Page.problems`.
    """
    problems = list(source.problems)
    if source.kind == "html":
        root = _parse_markup(source.text, options, problems)
    else:
        root = empty_tree()
        if source.kind == "text":
            _write_paragraphs(root, source.text)
    return Page(root, url, _base_of(root, url), tuple(problems))


def adopt(tree: Any, url: str | None, options: Options) -> Page:
    """A page for a tree that somebody else parsed: an lxml element or element tree, or a BeautifulSoup object.

    The tree is never changed: it is used as it stands where stages can read it, and copied where they cannot
    (namespaces, lxml.objectify, other libraries' objects, nesting beyond `options.max_depth`). Raises TypeError for
    anything else.
    """
    problems: list[Problem] = []
    if isinstance(tree, etree._ElementTree):
        tree = tree.getroot()
        if tree is None:
            tree = empty_tree()
    if isinstance(tree, etree._Element):
        root = tree
        if not isinstance(root.tag, str):
            root = empty_tree()
        elif _too_deep(root, options.max_depth) or _is_foreign(root):
            builder = TreeBuilder(options.max_depth)
            replay_lxml(root, builder)
            root = builder.close()
            _note_flattened(builder, options, problems)
    elif type(tree).__module__.partition(".")[0] == "bs4" and hasattr(tree, "descendants"):
        builder = TreeBuilder(options.max_depth)
        replay_soup(tree, builder)
        root = builder.close()
        _note_flattened(builder, options, problems)
    else:
        raise TypeError(f"an lxml element or tree or a BeautifulSoup object, not {type(tree).__name__}")
    return Page(root, url, _base_of(root, url), tuple(problems))


def _parse_markup(text: str, options: Options, problems: list[Problem]) -> _Element:
    text = _with_few_attributes(text, problems)
    root, stopped = _lxml(text)
    if root is None or (not stopped and not _has_content(root)):
        text, root, stopped = _repaired(text, root, options, problems)
    parser_knows = _FINDS_DEPTH_ITSELF and options.max_depth >= _LIBXML_DEPTH
    if stopped or (not parser_knows and _too_deep(root, options.max_depth)):
        builder = TreeBuilder(options.max_depth)
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, target=cast("Any", builder))
        root = cast("_Element", etree.fromstring(text.encode("utf-8", "replace"), parser))
        _note_flattened(builder, options, problems)
    return _with_one_body(root)


def _lxml(text: str) -> tuple[_Element | None, bool]:
    """The tree, and whether the parser stopped at its own depth limit. Never shares a parser between threads."""
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        root = cast("_Element | None", etree.fromstring(text.encode("utf-8", "replace"), parser))
    except etree.LxmlError:
        return None, False
    log = parser.error_log
    stopped = len(log) > 0 and log[-1].type == _RESOURCE_LIMIT
    return root, stopped


def _note_flattened(builder: TreeBuilder, options: Options, problems: list[Problem]) -> None:
    if builder.flattened:
        problems.append(
            Problem("parse", None, f"{builder.flattened} elements nested deeper than {options.max_depth} flattened")
        )


def _base_of(root: _Element, url: str | None) -> str | None:
    """What relative links are relative to (HTML standard, "document base URL"): `<base href>` or the URL."""
    head = root.find("head")
    if head is not None:
        for base in head.iterchildren("base"):
            if href := absolute(base.get("href"), url):
                return href
    return url


def _write_paragraphs(root: _Element, text: str) -> None:
    body = root[-1]
    for piece in re.split(r"\n[ \t\r\f\v]*\n", text):
        if piece.strip():
            paragraph = etree.SubElement(body, "p")
            paragraph.text = xml_text(piece)
            paragraph.tail = "\n\n"


# Attributes


def _with_few_attributes(text: str, problems: list[Problem]) -> str:
    """Markup in which no long tag has more than `_MAX_ATTRIBUTES` attributes.

    Only tags without any "<" for `_SCREEN` characters are looked at, so ordinary pages pay for some hundred `find`
    calls.
    """
    cuts: list[tuple[int, int]] = []
    raw = dict.fromkeys(_RAW_MARKS, False)
    done = looked = 0
    for start in range(0, len(text) - _SCREEN, _SCREEN):
        if start < done or text.find("<", start, start + _SCREEN) >= 0:
            continue
        opening = text.rfind("<", max(done, start - _SCREEN), start)
        if opening < 0 or not (name := _TAG_NAME.match(text, opening)):
            continue
        count, position, keep = 0, name.end(), 0
        while match := _ATTRIBUTE.match(text, position):
            count += 1
            position = match.end()
            if count == _MAX_ATTRIBUTES:
                keep = position
        if count > _MAX_ATTRIBUTES:
            for (begin, close), was in raw.items():
                first, last = text.rfind(begin, looked, opening), text.rfind(close, looked, opening)
                raw[begin, close] = was if first == last else first > last
            looked = opening
            if not any(raw.values()):
                cuts.append((keep, position))
        done = position
    if not cuts:
        return text
    problems.append(Problem("parse", None, f"{len(cuts)} elements with more than {_MAX_ATTRIBUTES} attributes cut"))
    pieces: list[str] = []
    at = 0
    for cut_start, cut_end in cuts:
        pieces.append(text[at:cut_start])
        at = cut_end
    return "".join((*pieces, text[at:]))


# Depth


def _deeper_than(levels: int) -> etree.XPath:
    return etree.XPath(f"boolean({'/'.join(['*'] * levels)})")


_deeper_than_usual: Final = _deeper_than(_QUICK_DEPTH)


def _too_deep(root: _Element, limit: int) -> bool:
    """Whether an element stands more than `limit` levels below the root."""
    try:
        if not (_deeper_than_usual if limit >= _QUICK_DEPTH else _deeper_than(limit))(root):
            return False
    except etree.XPathError:
        pass  # more nodes than XPath holds
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


# Broken markup


def _has_content(root: _Element) -> bool:
    body = root.find("body")
    if body is None:
        return root.find("frameset") is not None
    return len(body) > 0 or bool(body.text and body.text.strip())


def _repaired(
    text: str, root: _Element | None, options: Options, problems: list[Problem]
) -> tuple[str, _Element, bool]:
    """The markup, a tree for it where the parser made no body, and whether the parser stopped at its depth limit.

    What swallows a body is an opening tag of raw text (`<title>`, `<script>`) or a comment that is never closed: it is
    closed where its line or its tag ends. Where that does not help, BeautifulSoup's html.parser has a try.
    """
    closed = text
    for begin, end in (*((f"<{tag}", f"</{tag}") for tag in _RAW_TAGS), ("<!--", "-->")):
        opening = closed.rfind(begin)
        if opening >= 0 and closed.find(end, opening) < 0:
            at = closed.find(">", opening) + 1 if begin != "<!--" else opening + 4
            line_end = closed.find("\n", at)
            if at and line_end > 0:
                closed = f"{closed[:line_end]}{end if end == '-->' else end + '>'}{closed[line_end:]}"
    if closed != text:
        whole, stopped = _lxml(closed)
        if whole is not None and _has_content(whole):
            problems.append(Problem("parse", None, "an element that swallowed the page was closed"))
            return closed, whole, stopped
    if len(text) <= _SECOND_PARSER_MAX and re.search("<(?:body|p|div|article|h1)[ >]", text, re.IGNORECASE):
        from bs4 import BeautifulSoup

        builder = TreeBuilder(options.max_depth)
        try:
            replay_soup(BeautifulSoup(text, "html.parser"), builder)
        except (AssertionError, ValueError, RecursionError):
            builder = TreeBuilder(1)  # markup that html.parser rejects
        second = builder.close()
        if _has_content(second):
            problems.append(Problem("parse", None, "read with the second parser"))
            return text, second, False
    return text, root if root is not None else empty_tree(), False


def _with_one_body(root: _Element) -> _Element:
    """The `html` root with everything in it: what follows `</html>` stands in further roots, which the parser makes."""
    extra = [sibling for sibling in root.itersiblings() if isinstance(sibling.tag, str)]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
        for child in [c for c in root if c.tag not in ("head", "body")]:
            body.append(child)
    # Stray elements may stand after the body already: the rest goes behind them, in the order of the page.
    target = body if root[-1] is body else root
    for other in extra:
        if other.tag == "html":
            _add_text(target, other.text)
        for part in list(other) if other.tag == "html" else [other]:
            if part.tag == "body":
                _add_text(target, part.text)
                for child in list(part):
                    target.append(child)
            else:
                target.append(part)
    return root


def _add_text(element: _Element, text: str | None) -> None:
    if text:
        if len(element):
            element[-1].tail = (element[-1].tail or "") + text
        else:
            element.text = (element.text or "") + text


# Other people's trees


def _is_foreign(root: _Element) -> bool:
    """Whether stages could not read the tree as it stands: namespaces, or objectify's own idea of children."""
    if type(root).__module__ == "lxml.objectify":
        return True
    try:
        return bool(root.xpath("boolean(descendant-or-self::*[namespace-uri()])"))
    except etree.XPathError:
        return True
