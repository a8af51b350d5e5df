"""The rules of the platform that a column holds by itself, and those that are kept elsewhere."""

from __future__ import annotations

from .statements import Held

_THREE_VALUED = {"kind": "boolean"}
HELD = (
    Held("Place: address mandatory", "site", "address", {"expected": True}),
    Held("Place: commune mandatory", "site", "fk_city", {"expected": True}),
    Held("Name: at most 35 characters", "site", "name", {"max_length": 35}, ("x" * 36,), ("é" * 35, None)),
    Held("declared_at: mandatory at creation", "site", "declared_at", {"expected": True}),
    Held("Types: field_type mandatory", "site", "fk_field_type", {"expected": True}, (4,), (3, None)),
    Held(
        "Types: owner type mandatory when an owner is given",
        "owner",
        "fk_owner_type",
        {"required": True},
        (None, 9),
        (1, 2, 3),
    ),
    Held("Reinstallation: yes, no or unknown", "site", "is_reinstallation", _THREE_VALUED, (2, "?"), (True, None)),
    Held("Census: status mandatory", "site", "census_status", {"expected": True}, ("maybe",), ("none", None)),
    Held("Population: total ≥ 1", "site", "population_total", {"minimum": 1}, (0, -1), (1, None)),
    *(
        Held("Population: housing counts ≥ 0", "site", name, {"minimum": 0}, (-1,), (0, None))
        for name in ("caravans", "huts", "tents", "cars", "mattresses")
    ),
    *(
        Held("Justice: required", "procedure", name, {"expected": True, **_THREE_VALUED}, (2,), (True, False, None))
        for name in ("owner_complaint", "justice_procedure", "evacuation_under_time_limit", "insalubrity_order")
    ),
    Held(
        "Living conditions: version 1 or 2, 2 at creation and never shown to be changed",
        "site",
        "living_conditions_version",
        {"minimum": 1, "maximum": 2, "required": True, "hidden": True},
        (0, 3, None),
        (1, 2),
    ),
    *(
        Held("Living conditions: answered, unknown allowed", "site", name, _THREE_VALUED, (2,), (True, False, None))
        for name in (
            "sanitary_access_working_toilets",
            "electricity_access",
            "trash_is_piling",
            "trash_evacuation_is_close",
            "pest_animals",
            "fire_prevention",
        )
    ),
    Held("Phases: must exist", "resorption_phase", "preparatory_phase", {"required": True}, (None, "moving"), ()),
    Held("Closing: status in list", "site", "status", {"required": True}, (None, "closed"), ("open",)),
    Held("Closing: solution in list", "closure", "closing_solution", {"required": True}, (None, "hotel"), ("housing",)),
    Held("Closing: people ≥ 0", "closure", "number_of_people_affected", {"minimum": 0}, (-1,), (0, None)),
)

ONCE = (
    ("Closing: each solution once", "closure", ("site_uid", "closing_solution")),
    ("Phases: each once", "resorption_phase", ("site_uid", "preparatory_phase")),
)

ELSEWHERE = {
    "updated_at ≤ today, ≥ the previous one": "the program writes it at each save",
    "Reinstallation: incoming sites must exist": "a reference of incoming_town, tested with the references",
    "Place: position mandatory": "the geometry of a site is required, tested with the tables",
    "Living conditions: no way back to version 1": "hidden in the form; only the history restores an old record",
    "Closing: the site must be open": "about what was there before: one form, the status leads",
}
"""Rules about what was there before, or that no column holds: text → what keeps them."""
