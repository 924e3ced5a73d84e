"""Whether the libraries in use have known vulnerabilities: ``python -m tests.audit``."""
