"""A day of two officers who share a database, each at a real QGIS: what they wrote is found, and all hold the same."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from driven_qgis import SceneError
from resorption_plugin.core.sync.operations import Choice
from tests.sync import rest
from tests.sync.proxy import Cut, How, Where

from .book import read
from .person import SHARING, Person, wait_for
from .records import LONELY, records

TOULOUSE = (1.44420, 43.60450)


class Day:
    """The scenes of the day, in their order."""

    def __init__(self, people: list[Person], photo: Path) -> None:
        self.anne, self.bruno = people
        self.people = people
        self.photo = photo
        self.sites = LONELY
        self.witness = self.anne.officer.witness

    def morning(self) -> None:
        """Anne shares her sites; Bruno gets them in an empty workspace."""
        self.anne.makes_workspace(records())
        self.bruno.makes_workspace()
        told = self.anne.attaches()
        assert "anne" in told["found"], told
        assert "anne" in told["state"], told
        assert "reçue" not in told["state"], told
        self.bruno.attaches()
        assert read(self.anne.path) == read(self.bruno.path)
        assert all(self.bruno.site(uid) for uid in self.sites)

    def they_edit(self) -> None:
        """Both edit the same sites without knowing of each other."""
        anne, bruno, sites = self.anne, self.bruno, self.sites
        anne.writes(sites[0], "name", "Les Berges d'Anne", "write_in_form")
        bruno.writes(sites[0], "census_conducted_by", "Bruno, le matin")
        for number in (1, 2, 3):
            anne.writes(sites[number], "name", f"Nom d'Anne {number}")
            bruno.writes(sites[number], "name", f"Nom de Bruno {number}")
        anne.writes(sites[4], "name", "Anne y travaille")
        bruno.deletes(sites[4])
        anne.deletes(sites[5])
        bruno.writes(sites[5], "name", "Bruno y travaille")
        self.drawn = bruno.draws("Le site neuf de Bruno", TOULOUSE)
        bruno.adds_photo(self.photo, "Le site neuf de Bruno")

    def bruno_decides(self) -> None:
        """Anne synchronises first: every contradiction waits for Bruno, who decides in each way."""
        anne, bruno, sites = self.anne, self.bruno, self.sites
        assert anne.synchronises()["cases"].endswith("(0)")
        told = bruno.synchronises()
        assert told["cases"].endswith("(5)"), told
        assert bruno.site(sites[0])["name"] == "Les Berges d'Anne"
        assert bruno.site(sites[1])["name"] == "Nom de Bruno 1", "what one wrote stays until one decides"
        bruno.decides(sites[1], Choice.MINE, comment="vu sur place")
        bruno.decides(sites[2], Choice.THEIRS)
        bruno.decides(sites[3], Choice.EDIT, value="Nom des deux 3")
        bruno.decides(sites[4], Choice.THEIRS)
        bruno.decides(sites[5], Choice.MINE)
        assert bruno.synchronises()["cases"].endswith("(0)")
        anne.synchronises()
        for one in self.people:
            assert [one.site(sites[number]).get("name") for number in range(6)] == [
                "Les Berges d'Anne",
                "Nom de Bruno 1",
                "Nom d'Anne 2",
                "Nom des deux 3",
                "Anne y travaille",
                "Bruno y travaille",
            ]
            assert one.site(self.drawn)["name"] == "Le site neuf de Bruno"
            assert one.site(sites[0])["census_conducted_by"] == "Bruno, le matin"
            kept = list(one.path.parent.glob("*_photos/*/*"))
            assert [file.read_bytes() for file in kept] == [self.photo.read_bytes()]

    def anne_decides_behind_a_cut_line(self) -> None:
        """Bruno synchronises first; Anne's line breaks in the middle of a sending, and comes back."""
        anne, bruno, sites = self.anne, self.bruno, self.sites
        bruno.writes(sites[6], "name", "Bruno, six")
        anne.writes(sites[6], "name", "Anne, six")
        bruno.writes(sites[7], "name", "Bruno, sept")
        anne.deletes(sites[7])
        bruno.deletes(sites[8])
        anne.writes(sites[8], "name", "Anne, huit")
        with bruno.looking() as officer:
            crowded = next(r.uid for r in officer.local().read({"site"}).layer("site") if r.uid not in LONELY)
        bruno.deletes(crowded)
        bruno.synchronises()
        self._cut(anne)
        told = anne.waits()
        assert "Hors ligne" in told["state"], told
        anne.line.refuses = False
        told = anne.synchronises("line-back")
        assert told["cases"].endswith("(3)"), told
        anne.decides(sites[6], Choice.THEIRS)
        anne.decides(sites[7], Choice.MINE)
        anne.decides(sites[8], Choice.THEIRS)
        anne.synchronises()
        bruno.synchronises()
        for one in self.people:
            assert one.site(sites[6])["name"] == "Bruno, six"
            assert not one.site(sites[7])
            assert not one.site(sites[8])

    def _cut(self, person: Person) -> None:
        line = person.line
        line.arm(Cut(Where.MIDDLE, r"app\.push", How.RESET))
        person.synchronises("line-cut")
        assert line.cuts == 1

    def bruno_is_killed(self) -> None:
        """The server has done what Bruno sends, its answer is lost, and his QGIS is killed; he starts it again."""
        anne, bruno, sites = self.anne, self.bruno, self.sites
        anne.writes(sites[9], "name", "Anne, neuf")
        bruno.writes(sites[9], "census_conducted_by", "Bruno, le soir")
        before = self.witness.head()[0]
        bruno.line.arm(Cut(Where.AFTER, r"app\.push", How.SILENT))
        bruno.qgis.begin(f"{SHARING}:agree")
        wait_for(lambda: self.witness.head()[0] > before, "the server did not take what was sent")
        bruno.qgis.kill()
        with pytest.raises(SceneError):
            bruno.qgis.play(f"{SHARING}:waiting")
        bruno.line.drop()
        with bruno.looking() as officer:
            officer.check_file()
        assert bruno.site(sites[9])["census_conducted_by"] == "Bruno, le soir"
        bruno.comes_back()
        bruno.synchronises("after-the-kill")
        anne.synchronises()
        bruno.synchronises()

    def evening(self) -> None:
        """Nobody has anything left to send, to receive or to decide."""
        for one in self.people:
            told = one.synchronises("rest")
            assert told["lines"] == [], told
            assert told["cases"].endswith("(0)"), told
            assert one.waits()["aside"] == 0
        self.witness.look()
        held = [read(one.path) for one in self.people]
        assert held[0] == held[1]
        for one in self.people:
            with one.looking() as officer:
                rest.look_at(officer)
        with self.anne.looking(), self.bruno.looking():
            rest.check_everything([one.officer for one in self.people], random.Random(1))
        edits = [entry for entry in self.anne.officer.ledger.entries if not entry.is_superseded]
        assert all(entry.is_kept or entry.value is None for entry in edits)


def test_a_day(people, tmp_path):
    photo = tmp_path / "entrée.jpg"
    day = Day(people, photo)
    day.morning()
    day.they_edit()
    day.bruno_decides()
    day.anne_decides_behind_a_cut_line()
    day.bruno_is_killed()
    day.evening()
