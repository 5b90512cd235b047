"""All routes: the web channel's, and those that operators' tools read."""

from django.urls import include, path

from openics.ops.monitoring import health, live, metrics

urlpatterns = [
    path("health", health, name="health"),
    path("health/live", live, name="live"),
    path("metrics", metrics, name="metrics"),
    path("edi/", include("openics.channels.https.urls")),
    path("sandbox/", include("openics.sandbox.urls")),
    path("api/v1/", include("openics.channels.api.site")),
    path("", include("openics.channels.interactive.urls")),
]
