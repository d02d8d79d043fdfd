"""Numbers with units in a document: finding them, and deciding which of them are commitments."""
