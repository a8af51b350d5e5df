"""The platform's statuses of the living conditions, each one decision table."""
