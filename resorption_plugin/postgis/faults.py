"""What PostgreSQL and libpq complain about, as sentences: what, where, and who can mend it."""

from __future__ import annotations

import logging
import re

from psycopg2 import DatabaseError, OperationalError

from ..core.i18n import mark
from ..core.sync.news import Action
from ..core.sync.ports import BusyError, RefusedError, SyncError, UnreachableError
from .fault import Fault
from .protocol_faults import OTHER_VERSION, PROTOCOL, of_versions
from .target import Target

logger = logging.getLogger(__name__)


_RESTARTING = Fault(mark("The server {where} is stopping or starting. Try again in a moment."), BusyError)
_NO_ROOM = Fault(
    mark(
        "The server {where} takes no more connections for now. Try again in a moment; if this lasts, its administrator "
        "has to allow more."
    ),
    BusyError,
)
_READ_ONLY = Fault(
    mark(
        "The server {where} can only be read: it is a copy, or it is just taking over. Try again in a moment; if this "
        "lasts, tell its administrator."
    ),
    BusyError,
)
_SILENT = Fault(
    mark(
        "The server {where} does not answer. Check the network or the VPN, then try again; if others do not reach it "
        "either, tell its administrator."
    ),
    UnreachableError,
)
_UNKNOWN_HOST = Fault(
    mark(
        "The server {where} is not known on this network. Check the network or the VPN, then its name in the "
        "connection."
    ),
    UnreachableError,
)
_CUT = Fault(
    mark("The connection to {where} was cut. Synchronise again: nothing is lost, and nothing is done twice."),
    UnreachableError,
)
_NO_TLS = Fault(
    mark("The server {where} offers no secure connection. Its administrator has to switch TLS on."), RefusedError
)
_NO_AUTHORITY = Fault(
    mark(
        "The certificate that proves who {where} is cannot be verified: the file of its authority is missing on this "
        "computer. Ask the administrator for this file, and put it where PostgreSQL looks for it (root.crt), or name "
        "it in the connection (sslrootcert). To a connection of QGIS, give a saved authentication, and add the file in "
        "Settings → Options → Authentication, Manage Certificates, Authorities."
    )
)
_OTHER_NAME = Fault(
    mark(
        "What answers as {where} shows the certificate of another server: nothing was sent. Use the name that is on "
        "the certificate; when in doubt, ask the administrator."
    )
)
_NOT_VOUCHED = Fault(
    mark(
        "The certificate of {where} is not vouched for by the authority known here: nothing was sent. Ask the "
        "administrator for the file of the authority. For a connection of QGIS, add it in Settings → Options → "
        "Authentication, Manage Certificates, Authorities; for another one, in the place of root.crt, or of the file "
        "that sslrootcert names. Do not get round this by another SSL mode."
    )
)
_TLS = Fault(
    mark("No secure connection to {where} could be made ({reason}). Ask its administrator."),
)
_LOGIN = Fault(
    mark(
        "The server {where} refuses the login “{login}” or its password. Correct them in the connection; the "
        "administrator can give another password."
    )
)
_NO_PASSWORD = Fault(
    mark(
        "The connection to {where} has no password. Save one in the authentication of QGIS (authcfg) or in the file of "
        "passwords of PostgreSQL (pgpass)."
    )
)
_NOT_FROM_HERE = Fault(
    mark(
        "The server {where} does not let the login “{login}” connect from this computer, or not in this manner. Its "
        "administrator has to allow it (pg_hba.conf)."
    )
)
_NO_DATABASE = Fault(
    mark(
        "There is no database “{database}” on the server {where}, or the login may not connect to it. Correct its name "
        "in the connection, or ask the administrator."
    )
)
_NO_SERVICE = Fault(
    mark(
        "There is no service “{service}” in the file pg_service.conf of this computer. Add it, or correct the name in "
        "the connection."
    )
)
_REFUSED = Fault(mark("The server {where} refuses the connection ({reason}). Ask its administrator."))
_WRONG = Fault(mark("The connection to {where} cannot be made ({reason}). Correct it."))

_ON_CONNECTING: tuple[tuple[str, Fault], ...] = (
    # In English and in French: libpq speaks the language of this computer, the server its own. Of several hosts each
    # has its line, and one that may soon answer counts more than one that is down.
    (r"session is read-only|session est en lecture seule|hot standby", _READ_ONLY),
    (r"starting up|shutting down|recovery mode|données se lance|s'arrête|cours de restauration", _RESTARTING),
    (r"terminating connection|arrêt (?:des connexions|de la connexion)", _RESTARTING),
    (r"too many c|slots are reserved|trop de c|emplacements de connexions", _NO_ROOM),
    (r"not (?:yet )?accept\w* (?:any )?connections|currently accepting|n'accepte (?:plus|pas encore)", _RESTARTING),
    (r"no password supplied|aucun mot de passe", _NO_PASSWORD),
    (r"pg_hba\.conf", _NOT_FROM_HERE),
    (r"(?:database|base de données) .* (?:does not exist|n'existe pas)|permission denied for database", _NO_DATABASE),
    (r"droit refusé pour la base|CONNECT", _NO_DATABASE),
    (r"authentication failed|authentification .*échouée|[Éé]chec de l'authentification", _LOGIN),
    (r"(?:role|rôle) .* (?:does not exist|n'existe pas|not permitted|n'est pas autorisé)", _LOGIN),
    (
        r"definition of service|définition du service|(?:service file|fichier de service) .* (?:not f|introu)",
        _NO_SERVICE,
    ),
    (r"does not support SSL|ne supporte pas SSL", _NO_TLS),
    (r"root certificate file|fichier de certificat racine|certificat racine", _NO_AUTHORITY),
    (r"does not match host name|ne correspond pas au nom d'hôte", _OTHER_NAME),
    (r"certificate verify failed", _NOT_VOUCHED),
    (r"could not translate host name|n'a pas pu traduire le nom d'hôte", _UNKNOWN_HOST),
    (r"FATAL", _REFUSED),
    (r"EOF|SYSCALL|unexpectedly|inattendue|[Tt]imed? ?out|délai|[Rr]efused|refusée|unreachable|inaccessible", _SILENT),
    (r"SSL|TLS|certificat", _TLS),
    (r"invalid port|port invalide|invalid .* value|invalide|sslmode", _WRONG),
)

_NOT_INSTALLED = Fault(
    mark(
        "The database {where} holds no shared workspace that this plugin can use ({reason}). Its administrator has to "
        "install it, or upgrade it."
    ),
    action=Action.UPGRADE_SERVER,
)
_NO_RIGHT = Fault(
    mark("The login “{login}” may not do this at {where} ({reason}). Its administrator has to grant access."),
)
_SLOW = Fault(
    mark(
        "The server {where} took too long: what was asked was given up. Try again; if this lasts, tell its "
        "administrator."
    ),
    BusyError,
)
_LOCKED = Fault(
    mark("Someone else is writing the same records at {where}. Try again in a moment."),
    BusyError,
)
_FULL = Fault(
    mark("The server {where} has no room left ({reason}): nothing was written. Tell its administrator."),
)
_OTHER = Fault(mark("The server {where} refuses what was asked ({reason}). Tell its administrator."))
_BY_STATE: tuple[tuple[str, Fault], ...] = (
    *PROTOCOL,
    ("57014", _SLOW),
    ("57P", _RESTARTING),
    ("08", _CUT),
    ("25P0", _SLOW),
    ("25006", _READ_ONLY),
    ("55P03", _LOCKED),
    ("40", _LOCKED),
    ("53300", _NO_ROOM),
    ("53", _FULL),
    ("42501", _NO_RIGHT),
    ("28", _LOGIN),
    ("3D000", _NO_DATABASE),
    ("3F000", _NOT_INSTALLED),
    ("42883", _NOT_INSTALLED),
    ("42P01", _NOT_INSTALLED),
    ("42703", _NOT_INSTALLED),
    ("42704", _NOT_INSTALLED),
)


def on_connecting(error: Exception, target: Target) -> SyncError:
    """Return the error to raise when no connection could be made."""
    told = str(error)
    fault = next((fault for pattern, fault in _ON_CONNECTING if re.search(pattern, told)), _SILENT)
    reason = target.scrub(_first_line(told))
    logger.warning("no connection to %s: %s", target.where, reason)
    return fault.error(target, reason)


def on_asking(error: Exception, target: Target, *, is_cut: bool) -> SyncError:
    """Return the error to raise when what was asked on a connection failed; ``is_cut`` when it ended with it."""
    state = _state(error)
    primary = getattr(getattr(error, "diag", None), "message_primary", None)
    reason = target.scrub(_first_line(primary or str(error)))
    logger.warning("%s at %s: %s", state or type(error).__name__, target.where, reason)
    is_cut = is_cut or is_of_the_line(error)
    if state == OTHER_VERSION:
        return of_versions(reason)
    fault = _of_state(state) or (_CUT if is_cut else _OTHER)
    return fault.error(target, reason)


def is_of_the_line(error: Exception) -> bool:
    """Say whether no server gave this error.

    psycopg2 raises its plain class, and believes that the connection stands, when the server closed it before the
    query could be sent.
    """
    return not _state(error) and (isinstance(error, OperationalError) or type(error) is DatabaseError)


def _state(error: Exception) -> str:
    return getattr(error, "pgcode", None) or ""


def _of_state(state: str) -> Fault | None:
    return next((fault for begin, fault in _BY_STATE if state.startswith(begin)), None)


def _first_line(told: str) -> str:
    lines = told.strip().splitlines()
    return lines[0].strip() if lines else ""
