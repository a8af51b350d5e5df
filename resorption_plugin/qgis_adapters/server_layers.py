"""The views of the shared database as layers of QGIS: opened with one's own login, told to others without."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsDataSourceUri, QgsPathResolver, QgsVectorLayer, QgsWkbTypes

from ..core.geo import STORED_EPSG
from ..core.i18n import mark
from ..core.model.fields import Geometry, Layer
from ..core.sync.ports import RefusedError
from ..core.sync.travelling import GEOMETRY
from ..postgis.target import Target
from .authentications import authentication_of
from .server_connection import target_of

SCHEMA = "app"
_VIEW = "v_"


class ServerLayers:
    """Opens the views of one database; raises what ``target_of`` raises."""

    def __init__(self, reference: str) -> None:
        """Resolve how the connection is called (``server_connection.target_of``)."""
        self.target = target_of(reference)
        self._authentication = authentication_of(reference)

    def open(self, declared: Layer, name: str) -> QgsVectorLayer:
        """Return the view of a layer of the model. Raises ``RefusedError`` when it cannot be read."""
        uri = self.connection()
        shape = GEOMETRY if declared.geometry is not Geometry.NONE else None
        uri.setDataSource(SCHEMA, f"{_VIEW}{declared.key}", shape, "", "uid")
        if shape:
            uri.setSrid(str(STORED_EPSG))
            uri.setWkbType(QgsWkbTypes.parseType(declared.geometry.value))
        layer = QgsVectorLayer(uri.uri(False), name, "postgres")
        if not layer.isValid():
            raise RefusedError(
                mark(
                    "QGIS cannot read {table} at {where}: the login has no access, or the shared database is older "
                    "than this plugin. Ask the administrator."
                ),
                table=f"{SCHEMA}.{_VIEW}{declared.key}",
                where=self.target.where,
            )
        layer.setReadOnly(True)
        return layer

    def connection(self) -> QgsDataSourceUri:
        """Return the connection with what it takes to connect: to be used, and written nowhere."""
        given = self.target.parameters
        return _uri(self.target, given.get("user", ""), given.get("password", ""), "")

    def told(self) -> QgsDataSourceUri:
        """Return the connection as others may read it: a service, or a place, and no login."""
        return _uri(self.target, "", "", self._authentication)

    @contextmanager
    def written_without_login(self) -> Iterator[None]:
        """Have QGIS write the layers of these views, in whatever project it saves meanwhile, as ``told``."""

        def rewrite(source: str) -> str:
            uri = QgsDataSourceUri(source)
            if uri.schema() != SCHEMA or not uri.table().startswith(_VIEW):
                return source
            told = self.told()
            told.setDataSource(uri.schema(), uri.table(), uri.geometryColumn(), uri.sql(), uri.keyColumn())
            told.setSrid(uri.srid())
            told.setWkbType(uri.wkbType())
            return str(told.uri(False))

        writer = QgsPathResolver.setPathWriter(rewrite)  # type: ignore[arg-type]  # the stubs forget the result
        try:
            yield
        finally:
            QgsPathResolver.removePathWriter(writer)


def _uri(target: Target, user: str, password: str, authentication: str) -> QgsDataSourceUri:
    given, uri = target.settings(), QgsDataSourceUri()
    encrypted = QgsDataSourceUri.decodeSslMode(given["sslmode"]) if "sslmode" in given else _UNSAID
    base, account = given.get("dbname", ""), (user, password)
    if "service" in given:
        uri.setConnection(given["service"], base, *account, encrypted, authentication)
    else:
        uri.setConnection(given.get("host", ""), given.get("port", ""), base, *account, encrypted, authentication)
    return uri


_UNSAID = QgsDataSourceUri.SslMode.SslPrefer
"""What QGIS leaves out, so that the service or libpq decides."""
