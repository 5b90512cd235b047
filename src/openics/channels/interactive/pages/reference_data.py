"""Reference data that anybody may download: the published sets, each in three formats, and their manifest."""

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import condition, require_safe

from openics.channels.interactive.access import public
from openics.reference import formats, publish
from openics.reference.file_names import Format, environment_code


def _environment() -> str:
    return environment_code(test=settings.TEST_ENVIRONMENT)


def _published() -> list[publish.Published]:
    with connection.cursor() as cursor:
        return publish.published(cursor, _environment())


def _one(code: str, form: str) -> publish.Published:
    found = next((each for each in _published() if each.kind.file_code == code and form in each.names), None)
    if found is None:
        raise Http404(f"reference file {code}.{form}")
    return found


def _file_tag(_request: HttpRequest, code: str, form: str) -> str:
    return f'"{_one(code, form).load.loaded_at.isoformat()}"'


def _manifest_tag(_request: HttpRequest) -> str:
    newest = max((each.load.loaded_at.isoformat() for each in _published()), default="none")
    return f'"{newest}"'


@require_safe
@public
def page(request: HttpRequest) -> HttpResponse:
    """The sets with the day of their last load, their rows and their files."""
    return render(request, "reference_data/list.html", {"sets": _published(), "formats": list(Format)})


@require_safe
@public
@condition(etag_func=_file_tag)
def file(_request: HttpRequest, code: str, form: str) -> HttpResponse:
    """One set as a file, at an address that stays; the name of the file says when it was made."""
    found, kind = _one(code, form), Format(form)
    with connection.cursor() as cursor:
        content = formats.write(publish.content_of(cursor, found), found.kind, kind)
    headers = {"Content-Disposition": f'attachment; filename="{found.names[kind]}"'}
    return HttpResponse(content, content_type=formats.MEDIA[kind], headers=headers)


@require_safe
@public
@condition(etag_func=_manifest_tag)
def manifest(_request: HttpRequest) -> HttpResponse:
    """Names, digests, sizes, rows and validity of all files."""
    with connection.cursor() as cursor:
        content = dict(publish.files(cursor, _environment()))[publish.MANIFEST]
    return HttpResponse(content, content_type="application/json")
