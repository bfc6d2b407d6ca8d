"""Guided forms without a screen: from documentation and answers to statements of crm.

A form has steps of fields. Answers to the fields become ``configure`` statements. Statements edited
by hand become answers again, and the form keeps the parts of them that it does not understand.
"""
