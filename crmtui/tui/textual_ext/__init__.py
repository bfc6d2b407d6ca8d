"""Extensions of Textual; each touch of its private API is here."""
