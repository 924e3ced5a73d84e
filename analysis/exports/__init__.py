"""What a person takes away: pictures, and numbers as a workbook."""
