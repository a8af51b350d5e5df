"""The list of sites that the State's platform exports as a spreadsheet: its columns, its texts, its rows, its files."""
