"""Office files are archives; written twice they must be the same bytes."""

import io
import re
import zipfile
from datetime import date

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
UNIX = 3
CHANGED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def settled(body: bytes, made_on: date) -> bytes:
    """The same archive with its members in order of their names (the types first), without times and systems.

    Some libraries write the time of saving as that of the last change: the printed date stands there instead.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as given, zipfile.ZipFile(target, "w") as archive:
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member, content = zipfile.ZipInfo(name, EPOCH), given.read(name)
            member.external_attr, member.create_system = READABLE, UNIX
            if name == "docProps/core.xml":
                content = CHANGED.sub(rb"\g<1>" + f"{made_on}T00:00:00Z".encode(), content)
            packed = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            archive.writestr(member, content, packed)
    return target.getvalue()
