"""The WSGI application that the production server loads."""

import os

from django.core.wsgi import get_wsgi_application

from yilian.config.collecting import collect_seldom

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
application = get_wsgi_application()
collect_seldom()
