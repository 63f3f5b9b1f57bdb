"""Files that come with a letter, and giving them back."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from backline.core import files
from backline.integrations.attachments import check_attachment
from backline.people.actions.support import File
from backline.people.models import Enclosure
from backline.web.upload.limits import path_of


def enclosed(request: HttpRequest) -> list[File]:
    """The checked files of the request.

    Raises:
        attachments.Refused: said in a sentence.
    """
    found = []
    for file in request.FILES.getlist("files"):
        path, name = path_of(file), file.name or "file"
        found.append(File(path, name, check_attachment(path, name)))
    return found


def download(enclosure: Enclosure) -> FileResponse:
    """The file, to keep: it is never shown as a page of this site.

    Raises:
        Http404: the file is gone.
    """
    try:
        file = files.path(enclosure.key).open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(
        file, as_attachment=True, filename=enclosure.file_name, content_type=enclosure.media_type
    )
    answer["Content-Security-Policy"] = "sandbox"
    return answer
