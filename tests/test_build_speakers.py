"""The real flow with a table of officials of the user's own, and the table of speakers that it publishes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from flows.cli import main
from flows.schema import SPEAKERS
from flows.tables.partitions import read_rows

OWN = """name,aliases,role,role_category,country,from,wikidata
Solveig Aasland-Moe,Solveig Aasland Moe,Fisheries Minister,minister,NOR,2021-10-14,Q42
"""
STORIES = {
    "one.txt": 'date 2024-05-16 KIRKENES, May 15. /TASS/. "Fish carry no passports," Aasland-Moe told reporters.\n',
    "two.txt": 'date 2024-06-03 OSLO, June 3. /TASS/. "Nets are dry," Fisheries Minister Solveig Aasland Moe said.\n'
    '\n"They will be wet again," she added.\n',
    "three.txt": 'date 2019-06-03 OSLO, June 3. /TASS/. "The nets are torn," Aasland-Moe said.\n',
}

pytestmark = [pytest.mark.flow, pytest.mark.filterwarnings("default")]


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw" / "tass"
    folder.mkdir(parents=True)
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "own.csv").write_text(OWN, encoding="utf-8")
    return tmp_path / "raw"


def test_a_users_official_is_one_speaker_in_all_articles(raw: Path, prefect_server: None) -> None:
    from flows.build import build_with
    from flows.settings import Settings

    curated = raw.parent / "curated"
    assert build_with(Settings(raw=raw, curated=curated, officials=raw.parent / "own.csv")).published
    statements = pd.read_parquet(curated / "statements").sort_values(["published", "sequence"])
    in_office = statements[statements.published > date(2021, 10, 14)]
    assert set(in_office.speaker) == {"Solveig Aasland-Moe"}
    assert list(in_office.role) == ["Fisheries Minister"] * 3
    assert list(in_office.country) == ["NOR"] * 3
    assert list(in_office.role_basis) == ["officials", "officials", "officials"]
    before = statements[statements.published < date(2021, 10, 14)]
    assert (before.speaker.item(), before.role.isna().item()) == ("Aasland-Moe", True)

    speakers = read_rows(SPEAKERS, curated).to_pandas().set_index("speaker_id")
    minister = speakers.loc[in_office.speaker_id.unique().item()]
    assert (minister.speaker, minister.wikidata, minister.statement_count) == ("Solveig Aasland-Moe", "Q42", 3)
    assert set(statements.speaker_id) == set(speakers.index)


def test_a_wrong_table_of_officials_stops_before_anything_is_read(
    raw: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], prefect_server: None
) -> None:
    own = raw.parent / "own.csv"
    own.write_text(OWN.replace("NOR", "NRW"), encoding="utf-8")
    monkeypatch.setenv("STATEMENTS_OFFICIALS", str(own))
    curated = raw.parent / "curated"
    monkeypatch.setattr("sys.argv", ["statements", "build", "--raw", str(raw), "--curated", str(curated)])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert f"{own}, line 2, column country: 'NRW'" in " ".join(capsys.readouterr().err.split())
    assert not (curated / "speakers.parquet").exists()
