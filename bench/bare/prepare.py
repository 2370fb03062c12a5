"""python -m bench.bare.prepare: make the bare tables, copy the rows into them, sign somebody in; prints JSON."""

from __future__ import annotations

import json
import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.bare.settings"
os.environ["BENCH_DATABASE"] = "DATABASE_OWNER_URL"
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench.bare.models import Case, City, Note, Park  # noqa: E402

NOTES = 64
COPY = """
INSERT INTO bare.bare_city (id, name) SELECT code::int, name FROM public.accounts_division;
INSERT INTO bare.bare_park (slug, name, status, since, city_id, zone, area_km2)
  SELECT p.slug, p.name, p.status, s.since, p.city_id::int, coalesce(z.name, ''), coalesce(p.area_km2, 0)
    FROM public.registry_park p JOIN public.registry_legalstatus s ON s.id = p.current_id
    LEFT JOIN public.registry_hostzone z ON z.id = p.host_zone_id;
INSERT INTO bare.bare_case (name, status, due_on, opened_at, city_id)
  SELECT f.park_name, c.status, c.due_on, c.opened_at, o.division_id::int
    FROM public.reviews_case c JOIN public.applications_filing f ON f.id = c.filing_id
    JOIN public.accounts_organisation o ON o.id = c.tenant_id;
GRANT USAGE ON SCHEMA bare TO portal_web;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA bare TO portal_web;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA bare TO portal_web;
"""


def main() -> dict[str, str | int]:
    """The session of a signed-in person, and how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        cursor.execute("CREATE SCHEMA bare")
    call_command("migrate", verbosity=0)
    call_command("migrate", "bare", run_syncdb=True, verbosity=0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.scope', 'system', true)")
        cursor.execute(COPY)
        Note.objects.bulk_create(Note() for _number in range(NOTES))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    person = get_user_model().objects.create_user("bench")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    found = {"parks": Park.objects.count(), "cases": Case.objects.count(), "cities": City.objects.count()}
    return {**found, "session": session.session_key or ""}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main()) + "\n")
