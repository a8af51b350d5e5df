"""One thing that goes wrong with a server: its sentence, and what its error asks for."""

from __future__ import annotations

from dataclasses import dataclass

from ..core.sync.news import Action
from ..core.sync.ports import RefusedError, SyncError
from .target import Target


@dataclass(frozen=True, slots=True)
class Fault:
    """A sentence, and what its error asks for."""

    template: str
    kind: type[SyncError] = RefusedError
    action: Action = Action.WAIT

    def error(self, target: Target, reason: str) -> SyncError:
        """Return the error to raise; ``reason`` is what the server or libpq said, without secrets."""
        values = {
            "where": target.where,
            "login": target.login,
            "database": target.database,
            "service": target.service,
            "reason": reason,
        }
        used = {name: value for name, value in values.items() if f"{{{name}}}" in self.template}
        if self.kind is RefusedError:
            return RefusedError(self.template, self.action, **used)
        return self.kind(self.template, **used)
