"""OpenLineage events of builds: in a file, at a service, and what becomes of a build whose service is gone."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest
from openlineage.client import event_v2, facet_v2
from pydantic import ValidationError
from quick import build, story, write_rules

from flows.build import NothingToBuildError
from flows.lineage import Lineage, transport
from flows.publication import ChecksStoppedError
from flows.schema import TABLES
from flows.settings import Settings
from flows.stores.at_hand import Between
from flows.summary import Summary
from flows.tables.partitions import read_rows
from flows.tables.versions import DATA_PACKAGE

# The client warns of parts of itself that will go.
pytestmark = pytest.mark.filterwarnings("default")

RUN = "0197a1b2-0000-7000-8000-000000000001"
Event = dict[str, Any]


class Corpus:
    """Raw articles and tables that a test builds and tells of."""

    def __init__(self, home: Path) -> None:
        self.raw, self.curated = home / "raw", home / "curated"
        self.rules = write_rules(home / "rules")
        self.raw.mkdir()

    def build(self, to: str, run_id: str = RUN, **changes: Any) -> Summary:
        lineage = Lineage(
            to, run_id, Between(self.raw, self.curated, self.raw.parent / "cache"), lambda: "0123456789abcdef"
        )
        return lineage.tell_of(lambda: build(self.raw, self.curated, self.rules, **changes))


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    corpus = Corpus(tmp_path)
    (corpus.raw / "a.txt").write_text(story(2018, "The ferry stays.", "Ines Roth waits."))
    (corpus.raw / "b.txt").write_text(story(2020, "The ferry sails."))
    return corpus


@pytest.fixture
def told(tmp_path: Path) -> Path:
    return tmp_path / "lineage" / "events.jsonl"


def events(path: Path) -> list[Event]:
    found = [json.loads(text) for text in path.read_text(encoding="utf-8").splitlines()]
    for event in found:
        assert_known(event)
    return found


def assert_known(event: Event) -> None:
    """Every part is one that the client's own classes, which are made from the standard, can be made from."""
    event_v2.RunEvent(
        eventType=event_v2.RunState(event["eventType"]),
        eventTime=event["eventTime"],
        producer=event["producer"],
        run=event_v2.Run(event["run"]["runId"]),
        job=event_v2.Job(event["job"]["namespace"], event["job"]["name"]),
    )
    facets = [*event["run"]["facets"].values(), *event["job"]["facets"].values()]
    for dataset in (*event["inputs"], *event["outputs"]):
        kinds = ("facets", "inputFacets", "outputFacets")
        facets += [facet for kind in kinds for facet in dataset.get(kind, {}).values()]
    assert len(facets) > 10
    for facet in facets:
        kind = KINDS[facet["_schemaURL"].rpartition("/")[2]]
        values = {key: value for key, value in facet.items() if not key.startswith("_")}
        assert kind(**values)._schemaURL == facet["_schemaURL"]
        for name, part in (("assertions", "Assertion"), ("tests", "TestExecution")):
            for each in values.get(name, ()):
                KINDS[part](**each)


KINDS = {
    name: kind
    for module in vars(facet_v2).values()
    if isinstance(module, ModuleType)
    for name, kind in vars(module).items()
}


def tables(event: Event) -> dict[str, Event]:
    return {Path(output["name"]).stem: output for output in event["outputs"]}


def test_a_build_tells_its_start_and_what_it_published(corpus: Corpus, told: Path) -> None:
    summary = corpus.build(str(told))
    start, complete = events(told)
    assert [start["eventType"], complete["eventType"]] == ["START", "COMPLETE"]
    assert start["run"]["runId"] == complete["run"]["runId"] == RUN
    assert start["job"] == complete["job"]
    (raw,) = complete["inputs"]
    assert (raw["namespace"], raw["name"]) == ("file", str(corpus.raw))
    assert raw["facets"]["dataSource"]["uri"] == corpus.raw.as_uri()
    assert raw["inputFacets"]["inputStatistics"]["fileCount"] == summary.files == 2
    assert {name: each["outputFacets"]["outputStatistics"]["rowCount"] for name, each in tables(complete).items()} == {
        table.name: read_rows(table, corpus.curated).num_rows for table in TABLES if table.name != "speakers"
    } | {"speakers": 0}
    statements = tables(complete)["statements"]["outputFacets"]["outputStatistics"]
    files = list((corpus.curated / "statements").glob("*.parquet"))
    assert (statements["fileCount"], statements["size"]) == (2, sum(file.stat().st_size for file in files))


def test_tables_are_told_with_schema_version_and_code(corpus: Corpus, told: Path) -> None:
    corpus.build(str(told))
    (start, complete) = events(told)
    for table in TABLES:
        about = tables(start)[table.name]["facets"]
        fields = about["schema"]["fields"]
        assert [(each["name"], each["type"], each["description"]) for each in fields] == [
            (column.name, str(column.type), column.description) for column in table.columns
        ]
        assert about["documentation"]["description"] == table.description
    spans = next(each for each in tables(start)["statements"]["facets"]["schema"]["fields"] if each["name"] == "spans")
    assert [part["name"] for part in spans["fields"]] == ["start", "end"]
    version = json.loads((corpus.curated / DATA_PACKAGE).read_text(encoding="utf-8"))["version"]
    assert {each["facets"]["version"]["datasetVersion"] for each in complete["outputs"]} == {version}
    tags = {each["key"]: each["value"] for each in complete["run"]["facets"]["tags"]["tags"]}
    assert (tags["extractor_version"], tags["fingerprint"]) == (version.partition("+")[0], "0123456789abcdef")


def test_what_the_checks_found_is_told(corpus: Corpus, told: Path) -> None:
    (corpus.raw / "c.txt").write_text(story(2020, "Atlantis waits.", "Oslo waits.", "Bergen waits."))
    corpus.build(str(told))
    complete = events(told)[-1]
    assertions = {
        each["name"]: each for each in tables(complete)["statements"]["facets"]["dataQualityAssertions"]["assertions"]
    }
    assert set(assertions) == {"statement_id-unique", "country-code", "text-equals-slices"}
    assert not assertions["country-code"]["success"]
    assert assertions["country-code"]["actual"] == "1 of 6"
    assert assertions["statement_id-unique"]["success"]
    tests = {each["name"]: each["status"] for each in complete["run"]["facets"]["test"]["tests"]}
    assert tests == {"articles-present": "pass", "speaker-drift": "pass"}


def test_a_stopped_check_is_told_as_a_failure_with_its_rule(corpus: Corpus, told: Path) -> None:
    corpus.build(str(told))
    before = (corpus.curated / DATA_PACKAGE).read_bytes()
    for number in range(120):
        (corpus.raw / f"{number}.txt").write_text(story(2020, f"Atlantis waits for boat {number}."))
    with pytest.raises(ChecksStoppedError):
        corpus.build(str(told))
    fail = events(told)[-1]
    assert fail["eventType"] == "FAIL"
    error = fail["run"]["facets"]["errorMessage"]
    assert "The checks stop publication" in error["message"]
    assert error["programmingLanguage"] == "PYTHON"
    assertions = tables(fail)["statements"]["facets"]["dataQualityAssertions"]["assertions"]
    assert [each["name"] for each in assertions if not each["success"]] == ["country-code"]
    assert all(each["outputFacets"] == {} for each in fail["outputs"])
    assert (corpus.curated / DATA_PACKAGE).read_bytes() == before


def test_a_build_that_finds_nothing_is_told_as_a_failure(corpus: Corpus, told: Path) -> None:
    for path in corpus.raw.iterdir():
        path.unlink()
    with pytest.raises(NothingToBuildError):
        corpus.build(str(told))
    assert [event["eventType"] for event in events(told)] == ["START", "FAIL"]
    assert "no raw files there" in events(told)[-1]["run"]["facets"]["errorMessage"]["message"]


def test_an_interrupted_build_is_told_as_given_up(corpus: Corpus, told: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        corpus.build(str(told), work=interrupted)
    assert [event["eventType"] for event in events(told)] == ["START", "ABORT"]


def test_a_build_without_changes_has_written_nothing(corpus: Corpus, told: Path) -> None:
    corpus.build(str(told))
    corpus.build(str(told), run_id=str(uuid4()))
    first, again = (event for event in events(told) if event["eventType"] == "COMPLETE")
    assert first["run"]["runId"] != again["run"]["runId"]
    assert all("outputStatistics" not in each["outputFacets"] for each in again["outputs"])
    assert [each["facets"] for each in again["outputs"]] == [each["facets"] for each in first["outputs"]]


@pytest.fixture
def service() -> Iterator[tuple[str, list[tuple[str, Event]]]]:
    """Address of a lineage service on this machine, and what it was told, with the path of each call."""
    received: list[tuple[str, Event]] = []

    class Service(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, json.loads(body)))
            self.send_response(404 if "nowhere" in self.path else 201)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("path", "called"), [("", "/api/v1/lineage"), ("/", "/api/v1/lineage"), ("/own/place?v=1", "/own/place?v=1")]
)
def test_events_are_sent_to_a_service(corpus: Corpus, service: Any, path: str, called: str) -> None:
    address, received = service
    corpus.build(address + path)
    assert [each for each, _ in received] == [called] * 2
    assert [event["eventType"] for _, event in received] == ["START", "COMPLETE"]
    for _, event in received:
        assert_known(event)


def test_a_service_that_refuses_or_is_gone_costs_a_warning_and_no_build(
    corpus: Corpus, service: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, received = service
    assert corpus.build(f"{address}/nowhere").published
    assert len(received) == 2
    assert [record.levelno for record in caplog.records if "OpenLineage" in record.message] == [logging.WARNING] * 2
    assert "404" in caplog.text
    assert "mend or unset the setting openlineage" in caplog.text
    caplog.clear()
    monkeypatch.setattr("flows.lineage._RETRY", {"total": 0})
    assert corpus.build("http://127.0.0.1:9", full=True)
    assert caplog.text.count("could not be told to http://127.0.0.1:9") == 2


def test_a_file_that_cannot_be_written_costs_a_warning_and_no_build(
    corpus: Corpus, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert corpus.build(str(tmp_path)).published  # a folder
    assert caplog.text.count(f"could not be told to {tmp_path}") == 2


def test_a_table_of_officials_that_is_gone_is_told_all_the_same(corpus: Corpus, told: Path) -> None:
    def made_by() -> str:
        raise FileNotFoundError("officials.csv")

    lineage = Lineage(str(told), RUN, Between(corpus.raw, corpus.curated, told.parent / "cache"), made_by)
    with pytest.raises(FileNotFoundError):
        lineage.tell_of(made_by)  # type: ignore[arg-type]
    assert [event["eventType"] for event in events(told)] == ["START", "FAIL"]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("ftp://example.org/lineage", "give the path of a file, or a URL"),
        ("http://", "give the path of a file, or a URL"),
        ("", "give the path of a file, or a URL"),
        ("https://me:secret@example.org", "leave the key out of the URL"),
    ],
)
def test_a_wrong_place_is_a_wrong_setting(wrong: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Settings(openlineage=wrong)


def test_nothing_is_told_by_default() -> None:
    assert Settings().openlineage is None


def test_a_service_is_addressed_by_its_host_or_its_path(tmp_path: Path) -> None:
    assert transport("https://lineage.example.org")["endpoint"] == "api/v1/lineage"
    assert transport("https://lineage.example.org/a/b")["endpoint"] == "a/b"
    assert transport(str(tmp_path / "new" / "events.jsonl"))["append"] is True
    assert (tmp_path / "new").is_dir()


@pytest.mark.flow
def test_the_flow_tells_under_the_id_of_its_run(corpus: Corpus, told: Path, prefect_server: None) -> None:
    from prefect.client.orchestration import get_client

    from flows.build import build as flow

    flow(corpus.raw, corpus.curated, corpus.rules, openlineage=str(told))
    start, complete = events(told)
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(start["run"]["runId"])
    assert (run.name, complete["run"]["runId"]) == (f"build {corpus.raw} into {corpus.curated}", str(run.id))
    tags = {each["key"] for each in complete["run"]["facets"]["tags"]["tags"]}
    assert {"extractor_version", "fingerprint"} <= tags
