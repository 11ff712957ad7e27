"""One address that says whether this web process and its database work, for start-up, monitoring and load balancers."""

from django.db import connection
from django.http import HttpRequest, HttpResponse


def health(request: HttpRequest) -> HttpResponse:
    """Answer `ok`; while the database is away the answer is that of every other page, 503."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain")
