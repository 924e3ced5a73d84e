"""What was tried, and what happened?"""
