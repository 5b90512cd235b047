"""The pages, one small group of endpoints in each module."""
