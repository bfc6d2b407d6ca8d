"""Wake-ups: signs that the CIB has changed."""
