"""The entry point of a WSGI server: ``gunicorn handlingskatalog.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "handlingskatalog.settings")

application = get_wsgi_application()
