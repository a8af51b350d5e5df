"""Access to water: the platform's rule, the state of a point at a date, distances, people per tap."""
