"""Notices to the people of sites: each once for a site and an occasion, by mail and on the web."""
