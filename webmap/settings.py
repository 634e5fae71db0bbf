"""The one settings model, and the only reader of the environment.

Values come from ``GOVMAP_…`` variables, then ``GOVMAP_HOME/settings.toml``, then the defaults for 万荣县.
Nested values take a double underscore: ``GOVMAP_BASEMAP__KIND=tianditu``.
"""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError, model_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from geo.errors import ArgumentError
from layers.county import CountySettings
from layers.days import TIME_ZONE
from layers.divisions import GRID_DIGITS, LEAST_GRID_DIGITS, MOST_GRID_DIGITS, WHOLE_CODE
from layers.spec import Language, Model, Text

DEFAULT_HOME = Path("instance")
FILE_NAME = "settings.toml"


class BasemapSettings(Model):
    """The picture under the layers. ``none``: own layers only, nothing from another host.

    ``tianditu`` needs ``key``; ``xyz`` needs ``url`` with ``{z}``, ``{x}``, ``{y}`` and an ``attribution``.
    ``datum`` says in which system the tiles are cut; own layers are moved to it on the screen.
    """

    kind: Literal["none", "tianditu", "xyz"] = "none"
    key: SecretStr | None = None
    url: str | None = None
    attribution: str = ""
    datum: Literal["wgs84", "gcj02"] = "wgs84"

    @model_validator(mode="after")
    def _complete(self) -> "BasemapSettings":
        if self.kind == "tianditu" and self.key is None:
            raise ValueError("basemap: tianditu needs 'key'")
        if self.kind == "xyz":
            if self.url is None or not all(part in self.url for part in ("{z}", "{x}", "{y}")):
                raise ValueError("basemap: xyz needs 'url' with {z}, {x} and {y}")
            if not self.attribution:
                raise ValueError("basemap: xyz needs 'attribution'")
        return self


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise ValueError("no such time zone, write it as Asia/Shanghai") from error
    return name


class Settings(BaseSettings):
    """Settings of one county's service; frozen, read once at start.

    ``home`` holds all state. ``county`` is the division code: 6 digits, or the 4 of a prefecture with several
    counties. ``grid_digits`` is the length of a grid's code. ``metric_crs`` is the county's 3° Gauss–Krüger zone, in
    which everything is measured. ``time_zone`` is that in which its days begin. ``database_url`` is ``postgresql://…`` in place of the file in ``home``, ``queue_url``
    ``redis://…`` in place of the file of the queue; both may hold passwords.
    """

    model_config = SettingsConfigDict(
        env_prefix="GOVMAP_", env_nested_delimiter="__", frozen=True, extra="forbid", toml_file=None
    )

    home: Path = DEFAULT_HOME
    county: Annotated[str, StringConstraints(pattern=WHOLE_CODE)] = "140822"
    grid_digits: Annotated[int, Field(ge=LEAST_GRID_DIGITS, le=MOST_GRID_DIGITS)] = GRID_DIGITS
    county_name: Text = Text(zh="万荣县", en="Wanrong County")
    title: Text = Text(zh="万荣县基层治理一张图", en="Wanrong County Governance Map")
    metric_crs: Annotated[str, StringConstraints(pattern=r"^EPSG:\d{4,5}$")] = "EPSG:4546"
    time_zone: Annotated[str, AfterValidator(_known_zone)] = TIME_ZONE
    language: Language = "zh"
    basemap: BasemapSettings = Field(default_factory=BasemapSettings)
    database_url: SecretStr | None = None
    queue_url: SecretStr | None = None

    @property
    def declarations(self) -> Path:
        """Folder of the county's own extra declarations; need not exist."""
        return self.home / "declarations"

    def of_county(self) -> CountySettings:
        """Those that are not of the web."""
        return CountySettings(
            home=self.home,
            code=self.county,
            name=self.county_name,
            title=self.title,
            metric_crs=self.metric_crs,
            language=self.language,
            grid_digits=self.grid_digits,
            time_zone=self.time_zone,
            database_url=None if self.database_url is None else self.database_url.get_secret_value(),
        )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        home = init_settings().get("home") or env_settings().get("home") or DEFAULT_HOME
        file = TomlConfigSettingsSource(settings_cls, toml_file=Path(home) / FILE_NAME)
        return init_settings, env_settings, file


def load_settings(**overrides: Any) -> Settings:
    """Settings from overrides, the environment and ``settings.toml``, in that order of precedence.

    Raises:
        ArgumentError: a value is wrong or unknown; the message names it.
    """
    place = overrides.get("home") or os.environ.get("GOVMAP_HOME") or DEFAULT_HOME
    file = Path(place) / FILE_NAME
    try:
        return Settings(**overrides)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArgumentError("{file} 不是合格的 TOML：{why}", file=str(file), why=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "（整体）"
        raise ArgumentError("设置 {name} 不对：{why}", name=name, why=first["msg"]) from error
