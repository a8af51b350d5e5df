"""The workspace file: a GeoPackage made from the model, read and written with sqlite3. No QGIS here."""
