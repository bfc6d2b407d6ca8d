"""Extensions of Textual; all code that touches its private API is here."""
