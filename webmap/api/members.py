"""Members that many answers have, each with the words that say what it is."""

from typing import Annotated

from pydantic import Field

from layers.spec import FieldType, Group, Level, Visibility

Lon = Annotated[float, Field(description="Longitude in CGCS2000 degrees")]
Lat = Annotated[float, Field(description="Latitude in CGCS2000 degrees")]
LayerId = Annotated[str, Field(description="Id of the layer")]
FieldId = Annotated[str, Field(description="Name of the field")]
FieldUnit = Annotated[str | None, Field(description="Unit as people write it; null for what has none")]
FieldNote = Annotated[
    str | None, Field(description="What else is to be known of the field; null for nothing")
]
FieldKind = Annotated[FieldType, Field(description="Type of the values")]
Key = Annotated[str, Field(description="Key of the row in its layer")]
AreaCode = Annotated[str, Field(description="Division code")]
DivisionLevel = Annotated[Level, Field(description="Level of the division")]
Name = Annotated[str, Field(description="Name as the data give it")]
Title = Annotated[str, Field(description="What people read for it, in the language of the request")]
Words = Annotated[str, Field(description="What it is about, in the language of the request")]
Notes = Annotated[list[str], Field(description="What a reader must know, one sentence each")]
Owner = Annotated[str, Field(description="Who answers for the data")]
Shelf = Annotated[Group, Field(description="Group of the catalogue")]
Seen = Annotated[Visibility, Field(description="How this viewer gets the rows")]
Count = Annotated[int, Field(description="How many rows")]
CountUnit = Annotated[str, Field(description="What is counted")]
Demanded = Annotated[float, Field(description="All the demand of the area, in the unit of the answer")]
Covered = Annotated[float, Field(description="Demand that is reached, in the unit of the answer")]
DemandUnit = Annotated[str, Field(description="Unit of the demand as people write it")]
Portion = Annotated[float | None, Field(description="Part that is reached, 0–1; null without demand")]
Outside = Annotated[bool, Field(description="Whether it lies outside the area asked about")]
Suppressed = Annotated[bool, Field(description="Whether the count is withheld")]
Token = Annotated[str, Field(description="32 hexadecimal digits that stand for it in addresses")]
Changed = Annotated[list[str], Field(description="Layers that have another edition since")]
Canonical = Annotated[str, Field(description="The question in its canonical form")]
Left = Annotated[int, Field(description="Rows of the county that the filter leaves")]
Beyond = Annotated[
    int, Field(description="Rows across the line of the county, which are shown but not counted as its own")
]
JobId = Annotated[str, Field(description="Id of the job")]
Moment = Annotated[str, Field(description="Time, ISO 8601 in UTC")]
FirstDay = Annotated[str, Field(description="First day, 2026-01-31")]
LastDay = Annotated[str, Field(description="Last day, inclusive, 2026-01-31")]
