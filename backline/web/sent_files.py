"""Files that people send to staff: checked on the way in, given back only as downloads."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest

from backline.core import files
from backline.integrations.attachments import check_attachment
from backline.people.actions.support import File
from backline.people.models.files import SentFile
from backline.web.upload.limits import path_of


def sent_in(request: HttpRequest, field: str) -> list[File]:
    """The checked files of a field.

    Raises:
        attachments.Refused: said in a sentence.
    """
    found = []
    for file in request.FILES.getlist(field):
        path, name = path_of(file), file.name or "file"
        found.append(File(path, name, check_attachment(path, name)))
    return found


def download(sent: SentFile) -> FileResponse:
    """The file, to keep: it is never shown as a page of this site.

    Raises:
        Http404: the file is gone.
    """
    try:
        file = files.path(sent.key).open("rb")
    except OSError as error:
        raise Http404 from error
    answer = FileResponse(file, as_attachment=True, filename=sent.file_name, content_type=sent.media_type)
    answer["Content-Security-Policy"] = "sandbox"
    return answer
