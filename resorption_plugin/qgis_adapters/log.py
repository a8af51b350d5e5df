"""Where the plugin writes what developers need: the log tab “Résorption” of QGIS, and a rotating file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsMessageLog

TAB = "Résorption"
ROOT = __name__.split(".", maxsplit=1)[0]
"""The logger every module of the plugin inherits from."""

FILE_BYTES = 1_000_000
FILES_KEPT = 3

_LEVELS = (
    (logging.ERROR, Qgis.MessageLevel.Critical),
    (logging.WARNING, Qgis.MessageLevel.Warning),
    (logging.NOTSET, Qgis.MessageLevel.Info),
)


def log_file() -> Path:
    """Return the path of the log file, in the folder of the user's profile."""
    return Path(QgsApplication.qgisSettingsDirPath()) / "resorption" / "resorption.log"


class _LogTab(logging.Handler):
    """Shows records in QGIS's log panel; QgsMessageLog may be called from any thread."""

    def emit(self, record: logging.LogRecord) -> None:
        level = next(shown for least, shown in _LEVELS if record.levelno >= least)
        QgsMessageLog.logMessage(self.format(record), TAB, level, notifyUser=False)


def start_logging() -> Callable[[], None]:
    """Send the plugin's log records to the tab and the file; return what undoes it."""
    logger = logging.getLogger(ROOT)
    handlers: list[logging.Handler] = [_LogTab()]
    try:
        handlers.append(_file_handler(log_file()))
    except OSError as error:
        # a profile on a full or read-only disk must not keep the plugin from loading
        QgsMessageLog.logMessage(str(error), TAB, Qgis.MessageLevel.Warning, notifyUser=False)
    for handler in handlers:
        logger.addHandler(handler)
    previous = logger.level
    logger.setLevel(logging.INFO)

    def stop() -> None:
        logger.setLevel(previous)
        for handler in handlers:
            logger.removeHandler(handler)
            handler.close()

    return stop


def _file_handler(path: Path) -> logging.Handler:
    path.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(path, maxBytes=FILE_BYTES, backupCount=FILES_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    return handler
