"""Docks, dialogs and map tools: thin, and without SQL."""
