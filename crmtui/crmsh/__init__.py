"""Language of crmsh: words, lines, commands and their meanings."""
