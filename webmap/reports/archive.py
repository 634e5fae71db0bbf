"""Office files are archives; written twice they must be the same bytes."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16


def settled(body: bytes) -> bytes:
    """The same archive with its members in order of their names (the types first), without times and systems."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(body)) as given,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in sorted(given.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            member = zipfile.ZipInfo(name, EPOCH)
            member.external_attr, member.create_system = READABLE, 3
            packed = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
            made.writestr(member, given.read(name), packed)
    return target.getvalue()
