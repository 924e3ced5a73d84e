"""Stories: store, edit, present and export them."""
