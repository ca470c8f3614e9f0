"""Variables that must be set before grpc is imported: imported first, so that they are.

grpc tells of every closed connection on standard error, which no user of a command wants to read; who does sets
`GRPC_VERBOSITY` himself.
"""

import os

os.environ.setdefault("GRPC_VERBOSITY", "NONE")
