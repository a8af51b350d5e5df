"""What a visit to a shared database found, as an officer reads it, and what attaching a workspace to it would do."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ..core.i18n import mark
from ..core.model import catalogue
from ..core.sync.access import RIGHT_NAMES, ROLE_NAMES, Right, Role
from ..postgis.visiting import Visit
from ..qgis_adapters.server_visit import Outlook
from ..qgis_adapters.translation import language, number_text, tr
from .sharing_words import TO_SEND, counted

_GOOD, _BAD, _NOTE = "✔", "✘", "•"
_NAMED = ("site", "water_point")
"""The layers counted by their name; the records of the others are counted together."""
_SENT_AT_ONCE = (
    mark("{n} record will be sent there at once; everybody reads there what their rights allow."),
    mark("{n} records will be sent there at once; everybody reads there what their rights allow."),
)
_REFUSED = (
    mark("{n} record will be refused, as you do not write there or lack a right: it is set aside with its reason."),
    mark("{n} records will be refused, as you do not write there or lack a right: they are set aside with the reason."),
)
_DEEDS = {
    Role.OFFICER: mark("you read the records of your departments and write in your areas"),
    Role.ADMIN: mark("you read and write everything, and give access"),
    Role.AUDITOR: mark("you read everything and write nothing"),
}


def findings_html(outlook: Outlook, *, holds_secret: bool) -> str:
    """Return what a visit found, line after line, each with its sign, and who can mend what is wrong."""
    found = _findings(outlook)
    if holds_secret:
        found.append((_BAD, tr("A password stands in this text: use a saved authentication instead.")))
    return "<br>".join(f"{sign} {escape(text)}" for sign, text in found)


def details_text(visit: Visit) -> str:
    """Return what an administrator asks for."""
    lines = [
        tr("Server and database: {where}", where=visit.where),
        tr("PostgreSQL {version}, PostGIS {postgis}", version=visit.postgresql, postgis=visit.postgis or tr("missing")),
        tr("Encrypted line (TLS): {answer}", answer=tr("yes") if visit.is_encrypted else tr("no")),
        tr("Login: {login}, role: {role}", login=visit.login, role=visit.role or tr("none")),
        tr("Areas: {areas}", areas=", ".join(visit.areas) or tr("none")),
        tr("Rights: {rights}", rights=", ".join(visit.rights) or tr("none")),
    ]
    return "\n".join(lines)


def outlook_text(outlook: Outlook, waiting: int) -> str:
    """Return what attaching would send and bring; ``waiting`` records of an attached workspace were not sent yet."""
    if outlook.is_again:
        left = counted(waiting, TO_SEND) if waiting else tr("nothing to send")
        return tr("This workspace is attached already ({left}). It goes on from where it was.", left=left)
    goes, comes = sum(outlook.goes.values()), sum(outlook.comes.values())
    lines = [
        tr("↑ Go to the shared database: {records}.", records=_by_layer(outlook.goes))
        if goes
        else tr("↑ Nothing goes to the shared database."),
        tr("↓ Come from it into this workspace: {records}.", records=_by_layer(outlook.comes))
        if comes
        else tr("↓ Nothing comes from it."),
    ]
    if outlook.meets:
        text = tr("= On both sides already: {count}. Where they differ, you decide.", count=number_text(outlook.meets))
        lines.append(text)
    return "\n".join(lines)


def sent_at_once(outlook: Outlook, waiting: int) -> str:
    """Return what agreeing to attach sends, and to whom, and what will not be taken; empty where nothing goes."""
    going = waiting if outlook.is_again else sum(outlook.goes.values()) - outlook.refused
    counts = ((going, _SENT_AT_ONCE), (outlook.refused, _REFUSED))
    return " ".join(counted(number, forms) for number, forms in counts if number)


def _by_layer(counts: Mapping[str, int]) -> str:
    named = [(catalogue.layer(key).plural.text(language()), counts.get(key, 0)) for key in _NAMED]
    others = sum(number for key, number in counts.items() if key not in _NAMED)
    told = [*named, (tr("other records"), others)]
    form = mark("{what}: {count}")
    return ", ".join(tr(form, what=what, count=number_text(number)) for what, number in told if number)


def _findings(outlook: Outlook) -> list[tuple[str, str]]:
    visit = outlook.visit
    found = [(_GOOD, tr("The server answers.")), _encryption(visit)]
    if visit.is_read_only:
        found.append((_BAD, tr("This server is a copy that can only be read: give the address of the main one too.")))
    if not visit.is_installed:
        text = tr("The shared database is not installed here. Its administrator has to install it.")
        return [*found, (_BAD, text)]
    if not visit.role:
        text = tr("{login} has no access to it. The administrator has to give some.", login=visit.login)
        return [*found, (_BAD, text)]
    role, deeds = tr(ROLE_NAMES.get(visit.role, visit.role)), tr(_DEEDS.get(Role(visit.role), ""))
    found.append((_GOOD, tr("You are {login}, {role}: {deeds}.", login=visit.login, role=role, deeds=deeds)))
    if visit.role == Role.OFFICER:
        found += [_areas(outlook), _rights(visit)]
    return found


def _areas(outlook: Outlook) -> tuple[str, str]:
    names = [f"{outlook.places[code]} ({code})" if outlook.places.get(code) else code for code in outlook.visit.areas]
    if not names:
        return _BAD, tr("You have no area to write in. Ask the administrator for one.")
    return _GOOD, tr("Areas where you write: {areas}.", areas=", ".join(names))


def _rights(visit: Visit) -> tuple[str, str]:
    kept = [tr(RIGHT_NAMES[right]) for right in Right if right not in visit.rights]
    if not kept:
        return _GOOD, tr("You also read and write the restricted records: procedures and owners.")
    return _NOTE, tr(
        "Restricted, you need a right from the administrator for them: {records}.", records=", ".join(kept)
    )


def _encryption(visit: Visit) -> tuple[str, str]:
    if visit.is_encrypted:
        return _GOOD, tr("Nobody else can read what travels: the line is encrypted.")
    if visit.is_local:
        return _NOTE, tr("The server is on this computer: nothing travels on the network.")
    return _BAD, tr("Others could read what travels: the line is not encrypted. Ask the administrator to mend this.")
