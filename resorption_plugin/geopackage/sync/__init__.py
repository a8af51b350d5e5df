"""The workspace's side of the synchronisation: what it knows of the shared database, kept in the workspace itself."""
