"""How Sphinx builds the site; `make docs` lays the pages out and calls it."""

project = "OpenICS"
html_title = "OpenICS"
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
root_doc = "index"
language = "en"
highlight_language = "text"
smartquotes = False
myst_heading_anchors = 3

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_theme_options = {"navigation_with_keys": True}
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_last_updated_fmt = None
