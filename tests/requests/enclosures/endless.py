"""A child that starts and never comes to an end."""

import sys

from criteria.requests.enclosures.child import STARTED, confine
from criteria.requests.enclosures.limits import FileLimits

if __name__ == "__main__":
    confine(FileLimits.from_json(sys.argv[2]))
    sys.stdout.buffer.write(STARTED)
    sys.stdout.buffer.flush()
    while True:
        pass
