"""What must not stand in a KML before GDAL sees it."""

from pathlib import Path
from xml.etree.ElementTree import ParseError

from geo.errors import InputError

STANDARD = ("id", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility", "drawOrder", "icon")  # fmt: skip
"""Fields that the driver adds to every row and that hold nothing of the county's."""


def check(path: Path) -> None:
    """Refuse document types and entities, which can read other files or swell without end, and broken XML.

    Raises:
        InputError: there is one of these; the message says which.
    """
    from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]

    try:
        for _, element in ElementTree.iterparse(path, forbid_dtd=True):
            element.clear()
    except DefusedXmlException as error:
        raise InputError(
            "{name} 里有 DTD 或外部实体（DOCTYPE/ENTITY），为安全不予读取。请用奥维、Google Earth 重新导出。",
            name=path.name,
        ) from error
    except (ParseError, UnicodeDecodeError, LookupError) as error:
        raise InputError("{name} 不是完整的 KML：{why}。请重新导出。", name=path.name, why=error) from error
