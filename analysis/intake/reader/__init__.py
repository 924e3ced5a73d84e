"""Code that runs in separate child processes, because even a small workbook can crash the process that parses it.

``scan`` searches a workbook's package for dangerous and hidden content; ``values`` reads the cells. Both take a file,
an output folder and the limits, and write a JSON file. They import little else from this project.
"""
