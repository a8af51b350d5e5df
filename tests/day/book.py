"""Writes down what an officer's hands changed in a workspace: what the file holds after them against before."""

from __future__ import annotations

from pathlib import Path

from resorption_plugin.core.model.fields import Role
from resorption_plugin.core.sync import wire
from resorption_plugin.core.sync.travelling import GEOMETRY, travels
from resorption_plugin.core.sync.wire import Value
from resorption_plugin.geopackage.store import GeoPackageStore
from tests.sync.ledger import Ledger, hashable
from tests.sync.people import FOLLOWED

Rows = dict[tuple[str, str], dict[str, Value]]
"""By layer and uid, the followed values."""


def read(path: Path) -> Rows:
    """Return what a workspace holds of what people write, in the columns that the ledger follows."""
    found: Rows = {}
    written = [each for each in travels() if each.layer.role is Role.RECORD]
    with GeoPackageStore.open(path, read_only=True) as store:
        dataset = store.read({each.key for each in written})
    for each in written:
        names = [name for name in (*FOLLOWED.get(each.key, ()), GEOMETRY) if name in each.columns]
        for record in dataset.layer(each.key):
            image = wire.image(each, record)
            found[each.key, record.uid] = {name: hashable(image[name]) for name in names}
    return found


class Book:
    """The writing of one officer, in the ledger that both share."""

    def __init__(self, who: str, path: Path, ledger: Ledger) -> None:
        self._who = who
        self._path = path
        self._ledger = ledger
        self._known: Rows = {}

    def turn_page(self) -> None:
        """Take what the workspace holds for known: it came from others, or was decided."""
        self._known = read(self._path)

    def note(self) -> int:
        """Write down what changed since; return how many values."""
        before, after = self._known, read(self._path)
        begun = self._ledger.writes
        for layer, uid in before.keys() - after.keys():
            self._ledger.delete(self._who, layer, uid, _seen(layer, before[layer, uid]))
        for (layer, uid), values in after.items():
            held = before.get((layer, uid))
            if held is None:
                self._ledger.insert(self._who, uid)
            for name, value in values.items():
                if value != (held or {}).get(name):
                    self._ledger.write(self._who, layer, (uid, name), value, (held or {}).get(name))
        self._known = after
        return self._ledger.writes - begun


def _seen(layer: str, values: dict[str, Value]) -> dict[str, Value]:
    return {name: values[name] for name in FOLLOWED.get(layer, ()) if name in values}
