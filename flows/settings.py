"""Every path, limit and switch of the pipeline, in one place."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
    SettingsError,
    TomlConfigSettingsSource,
)

from flows.articles.field_names import FieldName, Fields
from flows.articles.reading import USUAL, Reading
from flows.stores.places import Place, default_cache, place

Engine = Literal["processes", "dask"]
"""Who reads and extracts: worker processes of this machine, or the workers of a Dask cluster."""

PROJECT = Path(__file__).resolve().parent.parent
TOML_FILES: Final = ("statements.toml", "pyproject.toml")


def _refuse_unknown(file: str, given: Iterable[str], settings: type[BaseSettings]) -> None:
    for name in given:
        if name not in settings.model_fields:
            near = get_close_matches(name, settings.model_fields, n=1)
            raise SettingsError(f"{file}: there is no setting {name}{f'; did you mean {near[0]}?' if near else ''}")


def _file_or_url(value: str) -> str:
    url = urlsplit(value)
    if not value or ("://" in value and not (url.scheme in ("http", "https") and url.hostname)):
        raise ValueError("give the path of a file, or a URL such as http://127.0.0.1:5000")
    if url.username or url.password:
        raise ValueError("leave the key out of the URL; set OPENLINEAGE__TRANSPORT__AUTH")
    return value


class Settings(BaseSettings):
    """Settings, each overridden in this order: command line, environment, `.env`, `statements.toml`, `pyproject.toml`.

    The environment's names carry the prefix `STATEMENTS_` (`STATEMENTS_RAW`); in `pyproject.toml` they stand in the
    table `[tool.statements]`.

    Raises:
        pydantic.ValidationError: A value has the wrong type or lies outside its bounds.
        pydantic_settings.SettingsError: A TOML file names a setting that there is not, or a value is no JSON.
        tomllib.TOMLDecodeError: A TOML file is none.
    """

    model_config = SettingsConfigDict(
        env_prefix="STATEMENTS_",
        env_file=".env",
        toml_file=TOML_FILES[0],
        pyproject_toml_table_header=("tool", "statements"),
        extra="ignore",
        frozen=True,
    )

    raw: Place = Field(Path("raw"), description="Folder of raw articles, or URL of a store.")
    curated: Place = Field(
        Path("curated"), description="Folder into which the tables are published, or URL of a store."
    )
    cache: Path = Field(default_factory=default_cache, description="Folder for copies of what lies in stores.")
    expectations: Path = Field(PROJECT / "expectations", description="Great Expectations project with the suites.")
    officials: Path | None = Field(None, description="CSV of officials besides those that the package knows.")
    workers: int = Field(1, ge=1, le=256, description="Worker processes that read and extract.")
    engine: Engine = Field("processes", description="Who reads and extracts: processes, or a Dask cluster (dask).")
    dask_scheduler: str | None = Field(
        None,
        pattern="^[a-z]+://.",
        validate_default=True,
        description="Address of the cluster's scheduler, such as tcp://10.0.0.1:8786.",
    )
    batch_bytes: int = Field(
        4_000_000, ge=1_000, description="Raw bytes per batch: memory grows with this times the workers."
    )
    lock_seconds: float = Field(0.0, ge=0, description="Seconds to wait for another build of the same tables.")
    retries: int = Field(0, ge=0, le=20, description="How often a run is tried again after an I/O error.")
    retry_seconds: float = Field(30.0, ge=0, description="Seconds before the first new try; then twice as long.")
    keep_versions: int = Field(3, ge=0, le=1_000, description="Published versions that can be restored.")
    openlineage: Annotated[str, AfterValidator(_file_or_url)] | None = Field(
        None, description="File or http(s) URL for OpenLineage events of each build; nothing is told without it."
    )
    max_file_bytes: int = Field(USUAL.max_file_bytes, ge=1, description="Larger raw files are refused.")
    max_unpacked_bytes: int = Field(
        USUAL.max_unpacked_bytes, ge=1, description="Most bytes that one raw file may unpack to, members and all."
    )
    max_ratio: int = Field(USUAL.max_ratio, ge=1, description="Most unpacked bytes for each byte of a raw file.")
    max_nesting: int = Field(USUAL.max_nesting, ge=0, le=20, description="How many packings may lie inside each other.")
    max_records: int = Field(USUAL.max_records, ge=1, description="Most articles and refusals of one raw file.")
    max_bad_records: int = Field(
        USUAL.max_bad_records, ge=1, description="A file that begins with so many bad records is given up."
    )
    max_record_bytes: int = Field(
        USUAL.max_record_bytes, ge=1, description="Most bytes of one record, or of a file that is one article."
    )
    fields: dict[FieldName, str] = Field(
        default_factory=dict,
        description='Names of the fields of records where they are not the usual ones, such as {"text": "story_body"}.',
    )

    @field_validator("raw", "curated")
    @classmethod
    def _place(cls, given: Place) -> Place:
        return place(given)

    def reading(self) -> Reading:
        """The settings that the readers need."""
        return Reading(
            max_file_bytes=self.max_file_bytes,
            max_unpacked_bytes=self.max_unpacked_bytes,
            max_ratio=self.max_ratio,
            max_nesting=self.max_nesting,
            max_records=self.max_records,
            max_bad_records=self.max_bad_records,
            max_record_bytes=self.max_record_bytes,
            fields=Fields.called(self.fields),
        )

    @field_validator("dask_scheduler")
    @classmethod
    def _has_scheduler(cls, address: str | None, info: ValidationInfo) -> str | None:
        if address is None and info.data.get("engine") == "dask":
            raise ValueError("the engine dask needs the address of a scheduler, such as tcp://10.0.0.1:8786")
        return address

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Puts the two TOML files behind the environment."""
        del file_secret_settings
        files = TomlConfigSettingsSource(settings_cls), PyprojectTomlConfigSettingsSource(settings_cls)
        for name, source in zip(TOML_FILES, files, strict=True):
            _refuse_unknown(name, source(), settings_cls)
        return init_settings, env_settings, dotenv_settings, *files
