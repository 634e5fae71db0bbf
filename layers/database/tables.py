"""Every table of the database, as the newest revision under ``migrations`` makes them."""

from sqlalchemy import BigInteger, Boolean, Column, Double, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

meta = Table(
    "meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False)
)
"""``version`` is the oldest program that these tables still serve."""

editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("layer", String, nullable=False, index=True),
    Column("edition", String, nullable=False),
    Column("demo", Boolean, nullable=False),
    Column("manifest", Text, nullable=False),
)
currents = Table(
    "currents",
    metadata,
    Column("layer", String, primary_key=True),
    Column("edition", String, nullable=False),
)
flips = Table(
    "flips",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("layer", String, nullable=False),
    Column("edition", String, nullable=False),
    Column("at", String, nullable=False),
    Column("by", String, nullable=False),
)
"""Every change of ``currents``; rows are only ever added, so that the highest number tells whether anything changed."""

scenarios = Table(
    "scenarios",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("name", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("editions", Text, nullable=False),
    Column("saved_by", String, nullable=False),
    Column("saved_at", String, nullable=False),
)
jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("plan", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("scope", String, nullable=False),
    Column("state", String, nullable=False),
    Column("done", Double, nullable=False),
    Column("message", Text, nullable=False),
    Column("best", Text),
    Column("result", Text),
    Column("error", Text),
    Column("cancel", Boolean, nullable=False),
    Column("added_at", Double, nullable=False),
    Column("touched_at", Double, nullable=False),
    Column("who", String),
    Column("page", String),
    Column("alike", String),
    Column("lane", String),
    Column("cost", Double),
    Column("rank", Double),
    Column("wanted_until", Double),
    Column("began_at", Double),
    Column("took", Double),
)
"""The board: who asked for what, how far it is, what came of it. Times are seconds since 1970; ``cost`` is how many
seconds a job is thought to take, ``took`` how many it took, ``wanted_until`` when its page must have asked again (null:
it is wanted in any case), ``rank`` its turn within its lane."""

workers = Table(
    "workers",
    metadata,
    Column("name", String, primary_key=True),
    Column("seen_at", Double, nullable=False),
    Column("lane", String),
)
exports = Table(
    "exports",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("token", String, nullable=False, unique=True),
    Column("who", String, nullable=False),
    Column("role", String, nullable=False),
    Column("made_at", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("sha256", String, nullable=False),
    Column("format", String, nullable=False),
    Column("query", Text, nullable=False),
    Column("making", Text, nullable=False),
    Column("there", Boolean, nullable=False),
    Index("exports_of", "who", "number"),
)
