"""Pieces of SVG as text: shapes and lines of writing. Shaping Arabic is left to whoever shows the picture."""

from __future__ import annotations

from ..export.xml_text import attribute

# The face of the writing comes first: some renderers look no further and take a stray face for what it lacks.
ARABIC_FACES = "'Noto Sans Arabic', 'Noto Naskh Arabic', 'Segoe UI', 'Geeza Pro', Tahoma, 'Noto Sans', sans-serif"
LATIN_FACES = "'Noto Sans', 'Segoe UI', 'Helvetica Neue', Arial, 'Noto Sans Arabic', sans-serif"
INK, FAINT, PAPER = "#1d232b", "#5c6672", "#ffffff"


def document(width: float, height: float, body: str, *, language: str, title: str) -> str:
    """Return a whole SVG document on white paper; anchors count from the left on any page."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}"'
        f' height="{height:.0f}" xml:lang="{language}" direction="ltr" role="img">\n'
        f"<title>{attribute(title)}</title>\n"
        f'<rect width="100%" height="100%" fill="{PAPER}"/>\n{body}</svg>\n'
    )


def text(
    x: float,
    y: float,
    line: str,
    *,
    size: float,
    anchor: str = "start",
    colour: str = INK,
    weight: str = "normal",
    halo: bool = False,
    arabic: bool = True,
) -> str:
    """Return a line of writing; `anchor` is the side of x: start is left, whatever the language."""
    rim = (
        f' stroke="{PAPER}" stroke-width="{size / 4:.1f}" stroke-linejoin="round" paint-order="stroke"' if halo else ""
    )
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" font-family="{ARABIC_FACES if arabic else LATIN_FACES}"'
        f' text-anchor="{anchor}" font-weight="{weight}" fill="{colour}"{rim}>{attribute(line)}</text>\n'
    )


def circle(x: float, y: float, radius: float, colour: str) -> str:
    """Return a disc with a white rim."""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{colour}" stroke="{PAPER}" stroke-width="1.5"/>\n'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1.0, dashed: bool = False) -> str:
    """Return a straight line."""
    dashes = ' stroke-dasharray="5 4"' if dashed else ""
    return (
        f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"'
        f' stroke-width="{width:.1f}"{dashes}/>\n'
    )


def box(x: float, y: float, width: float, height: float, colour: str, *, note: str = "") -> str:
    """Return a filled rectangle; a note shows when it is pointed at."""
    inner = f"><title>{attribute(note)}</title></rect>" if note else "/>"
    size = f'width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"'
    return f'<rect x="{x:.1f}" y="{y:.1f}" {size} fill="{colour}"{inner}\n'
