"""Guided forms, without a screen: what is documented and what is answered, made into crm's language.

A form has steps of fields. Answers to them become ``configure`` statements, and statements that were
edited by hand become answers again; what a form does not understand of them it keeps.
"""
