"""Details of one object, as pages of sections of items. Pure."""
