"""The message workshop: looking into interchanges and changing them, without storing anything."""
