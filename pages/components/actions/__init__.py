"""What is done with an action: its activities, the adjustments that carry it out, and the forms for both."""
