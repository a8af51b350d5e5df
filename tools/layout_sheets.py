"""The measures of the print templates, one sheet for each paper and family. Millimetres; text sizes in points."""

from __future__ import annotations

from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]
"""Left, top, width, height in millimetres."""


@dataclass(frozen=True)
class Sheet:
    """The measures of one paper."""

    name: str
    page: tuple[float, float]
    boxes: dict[str, Box]
    sizes: dict[str, float]
    """Text sizes in points."""
    figure_columns: int


A3 = Sheet(
    "committee_a3",
    (420, 297),
    {
        "title": (10, 9, 330, 11),
        "subtitle": (10, 20, 330, 7),
        "logo": (350, 8, 60, 20),
        "rule": (10, 30, 400, 0.6),
        "map": (10, 34, 244, 241),
        "scalebar": (13, 260, 80, 13),
        "north": (241, 259, 10, 13),
        "figures": (260, 34, 150, 38),
        "status_table": (260, 76, 73.5, 40),
        "reach_table": (336.5, 76, 73.5, 40),
        "inset_title": (260, 109, 150, 6),
        "inset": (260, 116, 150, 91),
        "legend": (260, 212, 62, 63),
        "definitions_title": (326, 212, 84, 6),
        "definitions": (326, 218.5, 84, 57),
        "sources": (10, 278, 262, 11),
        "audience": (276, 278, 134, 11),
    },
    {"title": 22, "subtitle": 12, "figure": 21, "caption": 8, "text": 7.5, "table": 7, "heading": 10, "note": 7.5},
    figure_columns=2,
)

A4 = Sheet(
    "committee_a4",
    (210, 297),
    {
        "title": (8, 7, 150, 9),
        "subtitle": (8, 16, 150, 6),
        "logo": (162, 7, 40, 15),
        "rule": (8, 24, 194, 0.5),
        "figures": (8, 27, 194, 20),
        "map": (8, 51, 112, 160),
        "scalebar": (10, 199, 50, 11),
        "north": (111, 198, 8, 11),
        "inset_title": (123, 51, 79, 5),
        "inset": (123, 57, 79, 86),
        "status_table": (123, 147, 79, 30),
        "reach_table": (123, 181, 79, 30),
        "legend": (8, 216, 72, 62),
        "definitions_title": (84, 216, 118, 5),
        "definitions": (84, 221.5, 118, 57),
        "sources": (8, 282, 126, 10),
        "audience": (138, 282, 64, 10),
    },
    {"title": 16, "subtitle": 9.5, "figure": 17, "caption": 7, "text": 7.5, "table": 7, "heading": 8.5, "note": 6.5},
    figure_columns=4,
)

PLAIN_A3 = replace(
    A3,
    name="plain_a3",
    boxes={
        **{name: box for name, box in A3.boxes.items() if not name.startswith("inset")},
        "status_table": (260, 78, 150, 36),
        "reach_table": (260, 116, 150, 36),
        "legend": (260, 156, 86, 119),
        "definitions_title": (350, 156, 60, 6),
        "definitions": (350, 163, 60, 112),
    },
    sizes={**A3.sizes, "table": 10, "text": 9},
)

PLAIN_A4 = replace(
    A4,
    name="plain_a4",
    boxes={
        **{name: box for name, box in A4.boxes.items() if not name.startswith("inset")},
        "map": (8, 51, 194, 128),
        "scalebar": (10, 167, 60, 11),
        "north": (193, 166, 8, 11),
        "status_table": (8, 183, 95, 30),
        "reach_table": (107, 183, 95, 30),
        "legend": (8, 219, 62, 58),
        "definitions_title": (74, 219, 128, 5),
        "definitions": (74, 225, 128, 52),
    },
    sizes={**A4.sizes, "text": 8},
)

SHEETS = (A3, A4, PLAIN_A3, PLAIN_A4)
"""The plain ones have no inset: totals of departments, or sites too few to be crowded anywhere."""
