"""How far the work has spread and what came of it: reach, understandings, ranked actions, practice, requests."""
