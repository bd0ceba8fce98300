"""The looks of a Word document: what a run or a paragraph inherits from its styles and the defaults."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWENTIETH: Final = 20
_OFF: Final = ("0", "false", "off", "none")
_DEEPEST: Final = 20
Layers = tuple["Element", ...]
"""The properties that apply, the nearest first."""


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace; "w:p" comes back as "p", others whole."""
    return element.tag.removeprefix(W)


def value_of(element: Element | None, name: str = "val") -> str | None:
    """Return an attribute of an element, None without either."""
    return None if element is None else element.get(f"{W}{name}")


def points(twips: str | None) -> float | None:
    """Return a length in points; Word has it in twentieths of one, and nothing it may write is no number."""
    try:
        return None if twips is None else float(twips) / TWENTIETH
    except ValueError:
        return None


class Styles:
    """Look up what the styles of a document say."""

    def __init__(self, styles: Element | None) -> None:
        every = [] if styles is None else styles.findall(f"{W}style")
        self._by_code = {value_of(style, "styleId") or "": style for style in every}
        self._defaults = styles.find(f"{W}docDefaults") if styles is not None else None
        self._plain = next(
            (
                value_of(style, "styleId")
                for style in every
                if value_of(style, "type") == "paragraph" and value_of(style, "default") in ("1", "true")
            ),
            None,
        )

    def of_paragraph(self, paragraph: Element) -> Layers:
        """Return the paragraph properties that apply to a paragraph."""
        own = paragraph.find(f"{W}pPr")
        chain = self.chain(self._style_of(own), "pPr")
        return _present(own, *chain, self._default("pPr"))

    def of_run(self, run: Element | None, paragraph: Element) -> Layers:
        """Return the run properties that apply to a run of a paragraph; None: to the paragraph's own mark."""
        about, own = paragraph.find(f"{W}pPr"), None
        if run is not None:
            own = run.find(f"{W}rPr")
        elif about is not None:
            own = about.find(f"{W}rPr")
        named = value_of(own.find(f"{W}rStyle")) if own is not None else None
        styled = self.chain(self._style_of(about), "rPr")
        return _present(own, *self.chain(named, "rPr"), *styled, self._default("rPr"))

    def chain(self, code: str | None, part: str) -> list[Element | None]:
        """Return a part ("pPr", "rPr", "tblPr") of a style and of those it is based on."""
        found: list[Element | None] = []
        while code in self._by_code and len(found) < _DEEPEST:
            style = self._by_code[code]
            found.append(style.find(f"{W}{part}"))
            code = value_of(style.find(f"{W}basedOn"))
        return found

    def _style_of(self, about: Element | None) -> str | None:
        named = value_of(about.find(f"{W}pStyle")) if about is not None else None
        return named or self._plain

    def _default(self, part: str) -> Element | None:
        return None if self._defaults is None else self._defaults.find(f"{W}{part}Default/{W}{part}")


def _present(*layers: Element | None) -> Layers:
    return tuple(layer for layer in layers if layer is not None)


def first(layers: Layers, name: str, attribute: str = "val") -> str | None:
    """Return what the nearest layer says that says anything: an attribute of a property."""
    return next(_said(layers, name, attribute), None)


def _said(layers: Layers, name: str, attribute: str) -> Iterator[str]:
    for layer in layers:
        value = value_of(layer.find(f"{W}{name}"), attribute)
        if value is not None:
            yield value


def is_on(layers: Layers, name: str) -> bool:
    """Say whether the nearest layer that names a property switches it on; naming it alone does."""
    for layer in layers:
        found = layer.find(f"{W}{name}")
        if found is not None:
            return (value_of(found) or "1").lower() not in _OFF
    return False
