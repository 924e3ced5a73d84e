"""Stories: kept, changed, told from a stage and taken away."""
