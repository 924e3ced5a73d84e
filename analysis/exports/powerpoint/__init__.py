"""Export a story as PowerPoint slides, with editable charts and tables."""
