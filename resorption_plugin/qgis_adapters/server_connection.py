"""The connection that a user names, as what the shared database is reached with; no secret is kept anywhere."""

from __future__ import annotations

from qgis.core import QgsDataSourceUri

from ..core.errors import ParameterError
from ..core.i18n import mark
from ..core.sync.ports import RefusedError
from ..postgis.target import Target
from .authentications import AUTHENTICATION, authentication_of, connections, unlock


def connection_names() -> list[str]:
    """Return the names of the PostgreSQL connections of this profile of QGIS."""
    return sorted(connections())


def target_of(reference: str) -> Target:
    """Return what a reference means today.

    A reference is the name of a PostgreSQL connection of QGIS, else parameters of libpq (``service=…``, ``host=…``, a
    ``postgresql://`` address), among which ``authcfg=…`` names an authentication of QGIS. Raises ``ParameterError`` and
    ``RefusedError``. The result holds secrets: it is handed to libpq and forgotten.
    """
    known = connections()
    name = reference.strip()
    if name in known:
        return _expanded(QgsDataSourceUri(known[name]))
    if "=" not in name and "://" not in name:
        raise _unknown(name)
    if AUTHENTICATION.search(name) is None:
        return Target.parse(name)
    rest = AUTHENTICATION.sub("", name).strip()
    uri = QgsDataSourceUri()
    uri.setAuthConfigId(authentication_of(name))
    given = Target.parse(rest).parameters if rest else {}
    return Target({**_expanded(uri).parameters, **given})


def holds_secret(reference: str) -> bool:
    """Say whether a password stands in a reference itself."""
    try:
        return reference.strip() not in connections() and Target.parse(AUTHENTICATION.sub("", reference)).has_secret
    except RefusedError:
        return False


def is_memorable(reference: str) -> bool:
    """Say whether a reference may be written in a workspace: it names a connection and holds neither secret nor host.

    A workspace travels: with a host in it, whoever hands one over would choose where others' records are sent.
    """
    name = reference.strip()
    if name in connections():
        return True
    rest = AUTHENTICATION.sub("", name).strip()
    if "=" not in name or "://" in name:
        return False
    return not rest or set(Target.parse(rest).parameters) <= {"service", "dbname", "user"}


def _expanded(uri: QgsDataSourceUri) -> Target:
    if uri.authConfigId():
        unlock(uri.authConfigId())
    return Target.parse(uri.connectionInfo(True))


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
