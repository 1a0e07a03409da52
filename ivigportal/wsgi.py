import gc
import os

from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")

application = get_wsgi_application()

# A server runs no system checks by itself: a certificate that cannot sign, or a database that lost
# its guards, must stop it here.
if problems := run_checks(tags=["signing", "guards"]):
    raise SystemCheckError("\n".join(str(problem) for problem in problems))

# What is loaded by now lives as long as the process: the garbage collector need not look at it
# again. A packet makes some ten thousand objects and few circles: it is called less often.
gc.freeze()
gc.set_threshold(50_000, 20, 50)
