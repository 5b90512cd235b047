"""All routes: the web channel's, and those that operators' tools read."""

from django.urls import include, path

from openics.ops.monitoring import health, live, metrics

urlpatterns = [
    path("health", health, name="health"),
    path("health/live", live, name="live"),
    path("metrics", metrics, name="metrics"),
    path("api/v1/", include("openics.channels.api.site")),
    path("", include("openics.channels.interactive.urls")),
]
