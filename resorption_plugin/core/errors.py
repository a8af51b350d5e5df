"""Errors that are shown to people: one sentence saying what, where and what to do next."""

from __future__ import annotations

from .i18n import mark


class ResorptionError(Exception):
    """A problem the user can understand and act on.

    ``template`` is an English sentence marked for translation with named placeholders,
    ``values`` fills them. Interfaces translate ``template`` first and format it afterwards.
    """

    def __init__(self, template: str, /, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values) if values else template)


class ModelError(ResorptionError):
    """The declared model contradicts itself (found when it is imported)."""


class WorkspaceError(ResorptionError):
    """The workspace file cannot be made, opened or written."""


class OutdatedWorkspaceError(WorkspaceError):
    """An older version of the plugin made the workspace: it has to be upgraded before anything else."""


class OvertakenError(WorkspaceError):
    """What was to be written rests on records that another program or job changed after they were read."""


class ImportFileError(ResorptionError):
    """A file given by the user cannot be read as what it is said to be."""


class ExportFileError(ResorptionError):
    """A file cannot be written as or where the user wants it."""


class TerritoryError(ResorptionError):
    """A department or commune is not known to the territory reference."""


class ParameterError(ResorptionError):
    """A value given to an algorithm or a check is not usable."""


class Cancelled(ResorptionError):  # noqa: N818 - the name says what happened, it is not a fault
    """The user cancelled; nothing was written."""

    def __init__(self) -> None:
        super().__init__(mark("Cancelled: nothing was changed."))


class UnexpectedError(ResorptionError):
    """A failure nobody foresaw; the log holds its trace."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(
            mark("An unexpected error stopped the work ({error}). The log has the details."), error=repr(error)
        )
