"""What a workspace and the shared database tell each other, and how two people's edits are put together."""
