"""The commands `thimble …` in gdb: `source` this file.

gdb runs what is sourced in a name space that all such files share: here is next to nothing.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import thimble_gdb_commands  # noqa: E402, F401
