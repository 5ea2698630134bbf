"""Every path, limit and switch of the pipeline, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from flows.articles.field_names import FieldName, Fields
from flows.articles.reading import USUAL, Reading

Engine = Literal["processes", "dask"]
"""Who reads and extracts: worker processes of this machine, or the workers of a Dask cluster."""

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings, each overridden in this order: command line, environment, `.env`, `statements.toml`, `pyproject.toml`.

    The environment's names carry the prefix `STATEMENTS_` (`STATEMENTS_RAW`); in `pyproject.toml` they stand in the
    table `[tool.statements]`.

    Raises:
        pydantic.ValidationError: A value has the wrong type or lies outside its bounds.
    """

    model_config = SettingsConfigDict(
        env_prefix="STATEMENTS_",
        env_file=".env",
        toml_file="statements.toml",
        pyproject_toml_table_header=("tool", "statements"),
        extra="ignore",
        frozen=True,
    )

    raw: Path = Field(Path("raw"), description="Folder of raw articles.")
    curated: Path = Field(Path("curated"), description="Folder into which the tables are published.")
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
        return (
            init_settings,
            env_settings,
            dotenv_settings,
            TomlConfigSettingsSource(settings_cls),
            PyprojectTomlConfigSettingsSource(settings_cls),
        )
