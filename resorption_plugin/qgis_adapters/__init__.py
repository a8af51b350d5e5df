"""The core's ports implemented with qgis.core; no widgets here."""
