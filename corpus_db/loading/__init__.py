"""Raw files -> Articles. Pure: no SQL, no web.

raw.py reads a file, formats/ splits it into blocks, roles.py says what each block is, article.py reads the facts off
them; pipeline.py is the only module that knows this order, engines.py maps it over many files.
"""

import os

# The matrices of the classifier are small, and a load has a process a core: threads within a product only wait.
for _library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{_library}_NUM_THREADS", "1")
