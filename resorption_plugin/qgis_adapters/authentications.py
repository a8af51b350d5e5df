"""The PostgreSQL connections of this profile of QGIS, and the saved passwords they need; no secret is read here."""

from __future__ import annotations

import re
from threading import Lock

from qgis.core import QgsApplication, QgsDataSourceUri, QgsProviderRegistry

from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from . import master_password

AUTHENTICATION = re.compile(r"""(?<!\S)authcfg\s*=\s*(?:'(?P<quoted>[^']*)'|(?P<plain>\S*))""")
LOCKED = mark(
    "QGIS cannot open its saved passwords: the master password is missing or wrong. Give it when QGIS asks, or in "
    "Settings → Options → Authentication; without a screen, in the file that QGIS_AUTH_PASSWORD_FILE names."
)


_reading = Lock()
"""To read the connections anew, QGIS deletes those that it has handed out before."""


def connections() -> dict[str, str]:
    """Return the address of each PostgreSQL connection, by name; from any thread."""
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    with _reading:
        return {name: connection.uri() for name, connection in provider.connections(False).items()} if provider else {}


def authentication_of(reference: str) -> str:
    """Return the identifier of the authentication that a reference names; empty when it names none."""
    known = connections()
    if reference.strip() in known:
        return str(QgsDataSourceUri(known[reference.strip()]).authConfigId())
    found = AUTHENTICATION.search(reference)
    return (found["quoted"] or found["plain"] or "") if found else ""


def asks_for_password(reference: str) -> bool:
    """Say whether QGIS would ask for its master password to connect: not to be done unless somebody wants to."""
    return bool(authentication_of(reference)) and not QgsApplication.authManager().masterPasswordIsSet()


def unlock(identifier: str) -> None:
    """Make sure that QGIS can read an authentication: it would leave out in silence what it cannot.

    Raises ``RefusedError``.
    """
    manager = QgsApplication.authManager()
    is_given = not manager.isDisabled() and master_password.is_given()
    if manager.isDisabled():
        raise RefusedError(
            mark(
                "QGIS opens none of its saved passwords any more: too many wrong master passwords were given, or a "
                "part of QGIS is missing. Start QGIS again, and give the master password when QGIS asks."
            )
        )
    if not is_given:
        raise RefusedError(LOCKED)
    if identifier not in manager.configIds():
        raise RefusedError(
            mark(
                "There is no authentication “{identifier}” in this profile of QGIS. Make it in Settings → Options → "
                "Authentication, and give its identifier in the connection."
            ),
            identifier=identifier,
        )
