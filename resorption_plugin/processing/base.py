"""What every algorithm of the provider shares: names, translation, and the boundary where errors become sentences."""

from __future__ import annotations

import os
import traceback
from abc import abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (  # type: ignore[attr-defined]  # QgsProcessingException is not in qgis-stubs 0.5
    Qgis,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
)

from ..core.errors import Cancelled, ParameterError, ResorptionError
from ..core.i18n import mark
from ..qgis_adapters.layers import reload_workspace_layers
from ..qgis_adapters.translation import sentence, tr
from .refusals import refusal

WORKSPACE = "WORKSPACE"


class Inputs:
    """The evaluated parameters of one run."""

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> None:
        """Keep what is needed to evaluate each parameter when it is asked for."""
        self.algorithm = algorithm
        self.parameters = parameters
        self.context = context

    def text(self, name: str) -> str:
        """Return a text parameter, stripped."""
        return str(self.algorithm.parameterAsString(self.parameters, name, self.context)).strip()

    def number(self, name: str) -> float:
        """Return a number."""
        return float(self.algorithm.parameterAsDouble(self.parameters, name, self.context))

    def integer(self, name: str) -> int:
        """Return a whole number."""
        return int(self.algorithm.parameterAsInt(self.parameters, name, self.context))

    def yes(self, name: str) -> bool:
        """Return a yes/no parameter."""
        return bool(self.algorithm.parameterAsBool(self.parameters, name, self.context))

    def choice(self, name: str) -> str:
        """Return the chosen text of an enumeration declared with static strings."""
        return str(self.algorithm.parameterAsEnumString(self.parameters, name, self.context))

    def file(self, name: str) -> Path | None:
        """Return an input file or output file, ``None`` when it was left empty."""
        definition = self.algorithm.parameterDefinition(name)
        if definition is not None and definition.isDestination():
            path = self.algorithm.parameterAsFileOutput(self.parameters, name, self.context)
        else:
            path = self.algorithm.parameterAsFile(self.parameters, name, self.context)
        return Path(path) if path else None

    def destination(self, name: str) -> Path | None:
        """Return an output file that can be written, ``None`` when it was left empty.

        Asked for before the work, so that nothing is done whose result cannot be kept. Raises ``ParameterError``.
        """
        path = self.file(name)
        if path is None:
            return None
        if not path.parent.is_dir():
            raise ParameterError(
                mark("There is no folder {folder}. Create it, or choose another one."), folder=path.parent
            )
        if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
            raise ParameterError(mark("Nothing can be written to {path}. Choose another file."), path=path)
        return path

    def required_file(self, name: str) -> Path:
        """Return a file; ``ResorptionError`` when it was left empty."""
        path = self.file(name)
        if path is None:
            raise ResorptionError(mark("Give a file for {name}."), name=name)
        return path


class Algorithm(QgsProcessingAlgorithm):
    """Base of the provider's algorithms.

    A subclass gives ``ID``, ``TITLE``, ``GROUP`` and ``HELP`` (marked English), declares its
    parameters in ``initAlgorithm`` and does its work in ``work``, which returns the outputs.
    A module of this package that defines ``ALGORITHM`` is registered by the provider.
    """

    ID: ClassVar[str]
    TITLE: ClassVar[str]
    GROUP: ClassVar[str]
    HELP: ClassVar[str]

    @abstractmethod
    def work(self, inputs: Inputs, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Do the work and return the outputs by name (``run`` is QGIS's own)."""

    def name(self) -> str:
        """Return the stable id within the provider."""
        return self.ID

    def displayName(self) -> str:
        """Return the title in the user's language."""
        return tr(self.TITLE)

    def group(self) -> str:
        """Return the group's title in the user's language."""
        return tr(self.GROUP)

    def groupId(self) -> str:
        """Return the stable id of the group."""
        return self.GROUP.lower().replace(" ", "_")

    def shortHelpString(self) -> str:
        """Return the help in the user's language."""
        return tr(self.HELP)

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a new instance, as Processing asks for each run."""
        return type(self)()

    def add_workspace(self) -> None:
        """Declare the WORKSPACE parameter."""
        self.addParameter(QgsProcessingParameterFile(WORKSPACE, tr("Workspace (GeoPackage)"), extension="gpkg"))

    def add_choice(self, name: str, title: str, options: Iterable[str], default: str) -> None:
        """Declare a choice among words, which scripts give as they are."""
        words = [str(option) for option in options]
        self.addParameter(
            QgsProcessingParameterEnum(name, title, words, defaultValue=str(default), usesStaticStrings=True)
        )

    def add_advanced(self, name: str, title: str) -> None:
        """Declare an optional text that few people need."""
        parameter = QgsProcessingParameterString(name, title, optional=True)
        parameter.setFlags(parameter.flags() | Qgis.ProcessingParameterFlag.Advanced)
        self.addParameter(parameter)

    def add_count(self, name: str, title: str) -> None:
        """Declare a whole-number output."""
        self.addOutput(QgsProcessingOutputNumber(name, title))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Say which value is refused and what is expected, where QGIS only names the parameter."""
        is_accepted, message = super().checkParameterValues(parameters, context)
        return is_accepted, message if is_accepted else refusal(
            self.parameterDefinitions(), parameters, context
        ) or message

    def processAlgorithm(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Run, turning every failure into one sentence; the traceback goes to the log."""
        inputs = Inputs(self, parameters, context)
        self._workspace = inputs.file(WORKSPACE) if self.parameterDefinition(WORKSPACE) else None
        try:
            return self.work(inputs, feedback)
        except Cancelled as stop:
            feedback.pushInfo(sentence(stop))
            return {}
        except ResorptionError as error:
            raise QgsProcessingException(sentence(error)) from error
        except QgsProcessingException:
            raise
        except Exception as error:
            feedback.pushDebugInfo(traceback.format_exc())
            unexpected = ResorptionError(
                mark(
                    "An unexpected error stopped the algorithm ({error}). Nothing was changed; the log has the details."
                ),
                error=error,
            )
            raise QgsProcessingException(sentence(unexpected)) from error

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Show what was written in the layers that are open (main thread)."""
        if self._workspace and context.project():
            reload_workspace_layers(context.project(), self._workspace)
        return {}
