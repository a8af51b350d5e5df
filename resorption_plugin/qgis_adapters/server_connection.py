"""The connection that a user names, as what the shared database is reached with; no secret is kept anywhere."""

from __future__ import annotations

import re

from qgis.core import QgsApplication, QgsDataSourceUri, QgsProviderRegistry

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from ..postgis.target import Target

_AUTHENTICATION = re.compile(r"""(?<!\S)authcfg\s*=\s*(?:'(?P<quoted>[^']*)'|(?P<plain>\S*))""")


def connection_names() -> list[str]:
    """Return the names of the PostgreSQL connections of this profile of QGIS."""
    return sorted(_connections())


def target_of(reference: str) -> Target:
    """Return what a reference means today.

    A reference is the name of a PostgreSQL connection of QGIS, else parameters of libpq (``service=…``, ``host=…``, a
    ``postgresql://`` address), among which ``authcfg=…`` names an authentication of QGIS. Raises ``ParameterError`` and
    ``RefusedError``. The result holds secrets: it is handed to libpq and forgotten.
    """
    known = _connections()
    name = reference.strip()
    if name in known:
        return _expanded(QgsDataSourceUri(known[name]))
    if "=" not in name and "://" not in name:
        raise _unknown(name)
    found = _AUTHENTICATION.search(name)
    if found is None:
        return Target.parse(name)
    rest = _AUTHENTICATION.sub("", name).strip()
    uri = QgsDataSourceUri()
    uri.setAuthConfigId(found["quoted"] or found["plain"] or "")
    given = Target.parse(rest).parameters if rest else {}
    return Target({**_expanded(uri).parameters, **given})


def holds_secret(reference: str) -> bool:
    """Say whether a password stands in a reference itself."""
    try:
        return reference.strip() not in _connections() and Target.parse(_AUTHENTICATION.sub("", reference)).has_secret
    except RefusedError:
        return False


def is_memorable(reference: str) -> bool:
    """Say whether a reference may be written in a workspace: it names a connection and holds neither secret nor host.

    A workspace travels: with a host in it, whoever hands one over would choose where others' records are sent.
    """
    name = reference.strip()
    if name in _connections():
        return True
    rest = _AUTHENTICATION.sub("", name).strip()
    if "=" not in name or "://" in name:
        return False
    return not rest or set(Target.parse(rest).parameters) <= {"service", "dbname", "user"}


def _connections() -> dict[str, str]:
    """Return the address of each PostgreSQL connection, by name."""
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    return {name: connection.uri() for name, connection in provider.connections(False).items()} if provider else {}


def _expanded(uri: QgsDataSourceUri) -> Target:
    if uri.authConfigId():
        _unlock(uri.authConfigId())
    return Target.parse(uri.connectionInfo(True))


def _unlock(identifier: str) -> None:
    """Make sure that QGIS can read an authentication: it would leave out in silence what it cannot."""
    manager = QgsApplication.authManager()
    if manager.isDisabled() or not manager.setMasterPassword(True):
        raise RefusedError(
            mark(
                "QGIS cannot open its saved passwords: the master password is missing or wrong. Give it when QGIS "
                "asks, or in Settings → Options → Authentication; without a screen, in the file that "
                "QGIS_AUTH_PASSWORD_FILE names."
            )
        )
    if identifier not in manager.configIds():
        raise RefusedError(
            mark(
                "There is no authentication “{identifier}” in this profile of QGIS. Make it in Settings → Options → "
                "Authentication, and give its identifier in the connection."
            ),
            identifier=identifier,
        )


def _unknown(name: str) -> ParameterError:
    if not name:
        return ParameterError(mark("Give the connection to the shared database."))
    return ParameterError(
        mark(
            "There is no PostgreSQL connection “{name}” in this profile of QGIS. Make it in the browser panel, or give "
            "service=…, authcfg=… or parameters such as host=… dbname=… user=…."
        ),
        name=name,
    )
