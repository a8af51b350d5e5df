"""Visits the server that a connection names."""

from __future__ import annotations

from ..core.ports import Feedback
from ..postgis.connection import Server
from ..postgis.visiting import Visit, visit
from .server_connection import target_of


def visit_server(reference: str, feedback: Feedback) -> Visit:
    """Return what a server is and who asks; raises ``ParameterError``, ``UnreachableError`` and ``RefusedError``."""
    with Server(target_of(reference), feedback) as server:
        return visit(server)
