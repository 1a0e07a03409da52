import os

from django.core.checks import run_checks
from django.core.management.base import SystemCheckError
from django.core.wsgi import get_wsgi_application

from ivigportal.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ivigportal.settings")

application = get_wsgi_application()

# A server runs no system checks by itself: a certificate that cannot sign, or a database that lost
# its guards, must stop it here.
if problems := run_checks(tags=["signing", "guards"]):
    raise SystemCheckError("\n".join(str(problem) for problem in problems))

settle()
