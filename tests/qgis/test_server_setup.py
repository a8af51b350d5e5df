"""Installing the shared database and giving access to it, from the toolbox."""

from __future__ import annotations

import pytest

from resorption_plugin.core.model import catalogue
from resorption_plugin.processing.grant_access import GrantAccess
from resorption_plugin.processing.install_server import InstallServer
from resorption_plugin.processing.revoke_access import RevokeAccess
from resorption_plugin.processing.upgrade_server import UpgradeServer
from tests.qgis.shared_base import Base, Log, refused, run, start
from tools.throw_away_cluster import OWNER, Cluster


def test_installing_twice_changes_nothing_the_second_time(empty: Base):
    assert run(InstallServer, CONNECTION=empty.place()) == {"VERSION": catalogue.SCHEMA_VERSION}
    before = empty.rows("SELECT name, sha256, applied_at FROM sync.changelog ORDER BY name")
    assert run(InstallServer, CONNECTION=empty.place())["VERSION"] == catalogue.SCHEMA_VERSION
    assert run(UpgradeServer, CONNECTION=empty.place())["VERSION"] == catalogue.SCHEMA_VERSION
    assert empty.rows("SELECT name, sha256, applied_at FROM sync.changelog ORDER BY name") == before


def test_upgrading_what_is_not_there_says_so(empty: Base):
    assert "Install it first" in refused(UpgradeServer, CONNECTION=empty.place())
    assert empty.rows("SELECT count(*) FROM pg_namespace WHERE nspname IN ('resorption', 'sync', 'app', 'maps')") == [
        (0,)
    ]


def test_installing_without_postgis_or_without_rights_says_who_can_help(cluster: Cluster, empty: Base):
    assert "CREATE EXTENSION postgis" in refused(InstallServer, CONNECTION=cluster.place(OWNER))
    cluster.login("nobody")
    assert "may not install" in refused(InstallServer, CONNECTION=empty.place("nobody"))


@pytest.mark.parametrize(
    ("connection", "said"),
    [
        ("", "Give a value for CONNECTION"),
        ("Nowhere", "There is no PostgreSQL connection “Nowhere”"),
        ("hunter2 host=x", "cannot be understood"),
        ("host=127.0.0.1 port=1 dbname=x", "does not answer"),
        ("service=nosuch", "no service “nosuch”"),
    ],
)
def test_a_connection_that_leads_nowhere(connection: str, said: str, qgis_app: object):
    sentence = refused(InstallServer, CONNECTION=connection)
    assert said in sentence
    assert "hunter2" not in sentence


def test_a_password_given_in_the_open_is_warned_about_and_never_repeated(base: Base):
    login = base.officer("warned")
    word = base.cluster.passwords[login]
    address = " ".join(f"{name}={value}" for name, value in base.cluster.address(base.name, login).items())
    log = Log()
    start(UpgradeServer, log, CONNECTION=address)
    assert "holds a password" in str(log)
    assert word not in str(log)


# Granting


def test_codes_of_all_kinds_become_areas_and_replace_those_before(base: Base):
    base.officer("claire", "31, 243100518,31555", RIGHTS="justice,Owners", ORGANISATION="DDETS 31")
    told = "SELECT role, organisation, rights FROM sync.person WHERE login = 'claire'"
    areas = "SELECT kind, code, department FROM sync.area WHERE login = 'claire' ORDER BY code"
    assert base.rows(told) == [("officer", "DDETS 31", ["justice", "owners"])]
    assert base.rows(areas) == [("epci", "243100518", "31"), ("department", "31", "31"), ("commune", "31555", "31")]
    base.officer("claire", "2a")
    assert base.rows(told) == [("officer", None, [])]
    assert base.rows(areas) == [("department", "2A", "2A")]
    run(RevokeAccess, CONNECTION=base.place(), LOGIN="claire")
    assert base.rows(told) == base.rows(areas) == []


def test_an_administrator_needs_no_area(base: Base):
    base.cluster.login("ada")
    run(GrantAccess, CONNECTION=base.place(), LOGIN="ada", ROLE="admin")
    base.cluster.login("bob")
    run(GrantAccess, CONNECTION=base.place("ada"), LOGIN="bob", ROLE="officer", AREAS="32")
    assert base.rows("SELECT login, role FROM sync.person ORDER BY 1") == [("ada", "admin"), ("bob", "officer")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"LOGIN": "claire", "AREAS": ""}, "at least one area"),
        ({"LOGIN": "claire", "AREAS": "31,99"}, "“99” is no department"),
        ({"LOGIN": "claire", "AREAS": "31", "RIGHTS": "justice,all"}, "no right “all”"),
        ({"LOGIN": "", "AREAS": "31"}, "LOGIN"),
        ({"LOGIN": "nosuchlogin", "AREAS": "31"}, "knows no such login"),
        ({"LOGIN": "claire", "AREAS": "31", "ROLE": "king"}, "“king” is none of the choices"),
        ({"LOGIN": "claire'; DROP TABLE sync.person; --", "AREAS": "31"}, "knows no such login"),
    ],
)
def test_what_cannot_be_granted_changes_nothing(base: Base, given: dict[str, str], said: str):
    base.officer("claire", "31555")
    before = base.rows("SELECT * FROM sync.area")
    assert said in refused(GrantAccess, **{"CONNECTION": base.place(), "ROLE": "officer", **given})
    assert base.rows("SELECT * FROM sync.area") == before


def test_an_officer_grants_nothing(base: Base):
    base.officer("claire")
    sentence = refused(GrantAccess, CONNECTION=base.place("claire"), LOGIN="claire", ROLE="admin")
    assert "claire" in sentence
    assert base.rows("SELECT role FROM sync.person") == [("officer",)]
