"""Every address of the portal; the public ones are those of the contract."""

from django.urls import include, path

from portal import health, styleguide
from portal.display import set_display, set_language

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("language/", set_language, name="set_language"),
    path("display/", set_display, name="set_display"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("account/", include("allauth.account.urls")),
    path("people/", include("accounts.urls")),
    path("files/", include("files.urls")),
    path("papers/", include("notifications.urls")),
    path("mail/", include("notifications.urls_mail")),
    path("applications/", include("applications.urls")),
    path("cases/", include("reviews.urls")),
    path("publicity/", include("reviews.urls_publicity")),
    path("recommendations/", include("reviews.urls_recommendations")),
    path("city-reviews/", include("reviews.urls_city_reviews")),
    path("inspections/", include("indicators.urls_inspections")),
    path("ratings/", include("indicators.urls_ratings")),
    path("evaluations/", include("indicators.urls_evaluating")),
    path("index-versions/", include("indicators.urls_index")),
    path("rulings/", include("indicators.urls_rulings")),
    path("sanctions/", include("indicators.urls_sanction")),
    path("ledgers/", include("indicators.urls_ledgers")),
    path("support/", include("indicators.urls_support")),
    path("", include("indicators.urls")),
    path("rankings/", include("indicators.urls_public")),
    path("reports/", include("indicators.urls_monitoring")),
    path("", include("indicators.urls_places")),
    path("practices/", include("indicators.urls_practices")),
    path("api/v1/", include("portal.api_urls")),
    path("", include("registry.urls")),
    path("", include("portal.urls")),
]
