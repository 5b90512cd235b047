"""The conformance run: a trader's software is asked to do things, and what it sends is checked."""
