"""Settings for the processes that tests start: folder and database come from the environment, as in real use."""

from yilian.config.settings import *  # noqa: F403

PROCRASTINATE_IMPORT_PATHS = ["tests.sample.slow_job"]
