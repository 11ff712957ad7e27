"""The ASGI application of the streams process."""

import os
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yilian.config.settings")
django.setup()

from django.conf import settings  # noqa: E402

from yilian.kernel.streams.hub import Hub  # noqa: E402
from yilian.kernel.streams.listening import listen  # noqa: E402
from yilian.kernel.streams.serving import Streams  # noqa: E402

MOST, MOST_OF_ONE = 4000, 20

hub = Hub(most=MOST, most_of_one=MOST_OF_ONE)
application = Streams(hub, partial(listen, hub, settings.PLACE.app))
