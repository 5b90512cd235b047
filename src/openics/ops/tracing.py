"""OpenTelemetry traces along a message's path, when an address to send them to is set."""

from openics import __version__


def configure(endpoint: str, role: str) -> None:
    """Send spans to an OTLP endpoint; without one the spans that the code opens cost next to nothing.

    Raises RuntimeError when an endpoint is set but the OpenTelemetry SDK is not installed.
    """
    if not endpoint:
        return
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        text = "OPENICS_TRACE_ENDPOINT needs the packages opentelemetry-sdk and opentelemetry-exporter-otlp-proto-http"
        raise RuntimeError(text) from error
    from opentelemetry import trace

    resource = Resource.create({"service.name": f"openics-{role}", "service.version": __version__})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint)))
    trace.set_tracer_provider(provider)
