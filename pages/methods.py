"""How is it measured, and on what does it rest?"""
