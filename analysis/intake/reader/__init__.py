"""What runs in processes of its own: a small workbook can abort whatever process parses it.

``scan`` looks through a workbook's package for what readers choke on or hide; ``values`` reads the cells. Both take a
file, a folder to write to and the limits, and leave a JSON file. They import nothing else of this project.
"""
