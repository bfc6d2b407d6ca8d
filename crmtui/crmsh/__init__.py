"""crmsh's language: words, lines, commands and what each means."""
