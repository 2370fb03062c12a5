# One image for web, worker, scheduler and migration; docker-compose.yml says which it is.
FROM python:3.11-slim-bookworm

# The same packages as script/bootstrap installs.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
    libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig ca-certificates gettext \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /srv/portal
COPY requirements.lock ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.lock

COPY . .
# The typefaces of official papers take two minutes to prepare: done here, once per image.
RUN apt-get update \
    && PORTAL_FONTS=/srv/fonts PORTAL_PYTHON=python script/fonts \
    && rm -rf /var/lib/apt/lists/* \
    && for po in $(find locale -name "*.po"); do msgfmt --check-format -o "${po%.po}.mo" "$po"; done \
    && useradd --system --uid 10001 --home-dir /srv/portal portal \
    && install -d -o portal -g portal -m 0750 /data

ENV PORTAL_DATA=/data PORTAL_FONTS=/srv/fonts PYTHONUNBUFFERED=1
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "config.wsgi:application", "--config", "config/gunicorn.py", "--bind", "0.0.0.0:8000"]
