"""Who changed what and when: read, told in words, undone, and rebuilt as it was on any day."""
