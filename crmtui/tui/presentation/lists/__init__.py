"""Lists without a screen: selection and order of rows. Pure."""
