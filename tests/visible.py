"""The visible text of a page, written independently of the library: what the spans must give back."""

from __future__ import annotations

from typing import Any

from lxml import etree

HIDDEN_BY_DEFINITION = {"head", "script", "style", "template", "noscript", "iframe", "option", "textarea"}


def visible_text(root: Any) -> str:
    """Text nodes in document order outside the elements whose text is never shown; an explicit stack, so depth is no limit."""
    out: list[str] = []
    events = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    skipping = 0
    for event, element in events:
        is_element = isinstance(element.tag, str)
        if event == "start" and is_element:
            if skipping or element.tag in HIDDEN_BY_DEFINITION:
                skipping += 1
            elif element.text:
                out.append(element.text)
        elif event == "end" and is_element:
            if skipping:
                skipping -= 1
            if not skipping and element is not root and element.tail:
                out.append(element.tail)
        elif event in ("comment", "pi") and not skipping and element.tail:
            out.append(element.tail)
    return "".join(out)
