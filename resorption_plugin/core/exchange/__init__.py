"""Files given by the officer, read into records of the model; pure."""
