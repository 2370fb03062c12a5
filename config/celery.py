"""The Celery application: alarm clocks only, what is due is kept in the database."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("chuangyuan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
