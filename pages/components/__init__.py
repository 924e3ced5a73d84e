"""What the pages share: the session, the choices, and how numbers and findings are shown."""
