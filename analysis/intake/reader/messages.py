"""Messages of a supervisor to the program: first the process ids, then the exit status of the reader."""

import struct

PROCESS_IDS = struct.Struct("ii")
"""Process ids of the supervisor and of the reader."""
EXIT_STATUS = struct.Struct("i")
