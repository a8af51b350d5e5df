"""Every way in which a user names the shared database."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from qgis.core import QgsApplication, QgsAuthMethodConfig, QgsDataSourceUri, QgsProviderRegistry

from resorption_plugin.core.errors import ParameterError
from resorption_plugin.core.sync.ports import RefusedError
from resorption_plugin.qgis_adapters import authentications
from resorption_plugin.qgis_adapters.server_connection import connection_names, is_memorable, target_of

MASTER = "maître"
KEPT = "kept by QGIS"


@pytest.fixture(scope="module")
def authentication(qgis_app: object) -> Iterator[str]:
    """Return the identifier of a login and password that QGIS keeps."""
    manager = QgsApplication.authManager()
    if manager.isDisabled():
        pytest.skip("QGIS has no authentication system here.")
    assert manager.setMasterPassword(MASTER, True)
    config = QgsAuthMethodConfig("Basic")
    config.setName("shared")
    config.setConfigMap({"username": "claire", "password": KEPT})
    assert manager.storeAuthenticationConfig(config)[0]
    yield config.id()
    manager.removeAuthenticationConfig(config.id())


@pytest.fixture
def connection(authentication: str) -> Iterator[str]:
    """Return the name of a PostgreSQL connection of QGIS with that authentication."""
    uri = QgsDataSourceUri()
    uri.setConnection(
        "db.example.fr", "5433", "resorption", "", "", QgsDataSourceUri.SslMode.SslRequire, authentication
    )
    provider = QgsProviderRegistry.instance().providerMetadata("postgres")
    made = provider.createConnection(uri.uri(False), {})
    name = "Résorption = partagée"
    provider.saveConnection(made, name)
    yield name
    provider.deleteConnection(name)


def test_a_connection_of_qgis_with_its_authentication(connection: str):
    assert connection in connection_names()
    target = target_of(f" {connection} ")
    assert target.parameters == {
        "host": "db.example.fr",
        "port": "5433",
        "dbname": "resorption",
        "user": "claire",
        "password": KEPT,
        "sslmode": "require",
    }
    assert KEPT not in repr(target)


@pytest.mark.parametrize("text", ["service=resorption authcfg={0}", "authcfg='{0}' service=resorption"])
def test_an_authentication_with_other_parameters(authentication: str, text: str):
    target = target_of(text.format(authentication))
    assert target.parameters == {"service": "resorption", "user": "claire", "password": KEPT}


def test_an_authentication_alone(authentication: str):
    assert target_of(f"authcfg={authentication}").parameters == {"user": "claire", "password": KEPT}


def test_parameters_and_addresses_of_libpq(qgis_app: object):
    assert target_of("service=resorption").parameters == {"service": "resorption"}
    assert target_of("host=db user=claire").parameters == {"host": "db", "user": "claire"}
    assert target_of("postgresql://claire@db/x").parameters == {"user": "claire", "host": "db", "dbname": "x"}


def test_an_authentication_that_is_not_there(authentication: str):
    with pytest.raises(RefusedError, match="no authentication “abc1234”"):
        target_of("authcfg=abc1234 host=x")
    with pytest.raises(RefusedError, match="cannot be understood"):
        target_of("authcfg=''")


def test_a_connection_that_is_not_there(qgis_app: object):
    with pytest.raises(ParameterError, match="no PostgreSQL connection “Prod”"):
        target_of("Prod")
    with pytest.raises(ParameterError, match="Give the connection"):
        target_of("  ")


def test_without_the_master_password_nothing_is_tried(connection: str, monkeypatch: pytest.MonkeyPatch):
    manager = QgsApplication.authManager()
    manager.clearMasterPassword()
    try:
        with pytest.raises(RefusedError, match="master password is missing or wrong"):
            target_of(connection)
    finally:
        assert manager.setMasterPassword(MASTER, True)


def test_only_what_names_a_connection_is_remembered(connection: str):
    assert is_memorable(connection)
    assert is_memorable("service=resorption")
    assert is_memorable("service=resorption authcfg=abc1234")
    assert is_memorable("authcfg=abc1234")
    assert not is_memorable("host=db dbname=x user=claire")
    assert not is_memorable("authcfg=abc1234 host=db")
    assert not is_memorable("postgresql://db/x?service=resorption")
    assert not is_memorable("service=resorption password=x")  # pragma: allowlist secret - made up
    assert not is_memorable("Prod")


class Provider:
    """Gives connections as QGIS does: those that were given before are deleted."""

    def __init__(self) -> None:
        self.given: dict[str, SimpleNamespace] = {}

    def connections(self, _cached: bool) -> dict[str, SimpleNamespace]:
        for one in self.given.values():
            one.is_there = False
        self.given = {name: self._made() for name in ("a", "b")}
        return self.given

    def _made(self) -> SimpleNamespace:
        def uri() -> str:
            time.sleep(0.002)
            assert made.is_there, "QGIS has deleted it"
            return "dbname=x"

        made = SimpleNamespace(is_there=True, uri=uri)
        return made


def test_threads_that_read_the_connections_at_once_use_none_that_is_deleted(monkeypatch: pytest.MonkeyPatch):
    provider = Provider()
    registry = SimpleNamespace(instance=lambda: SimpleNamespace(providerMetadata=lambda _key: provider))
    monkeypatch.setattr(authentications, "QgsProviderRegistry", registry)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _number: authentications.connections(), range(12)))
    assert found == [{"a": "dbname=x", "b": "dbname=x"}] * 12
