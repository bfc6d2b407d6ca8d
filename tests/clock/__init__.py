"""Another day for the tests: the wall clock of a whole run is shifted by libfaketime."""
