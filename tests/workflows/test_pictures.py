"""The pictures in the documentation show the machines as they are."""

from pathlib import Path

import pytest

from infra.docs import machines
from infra.docs.machines import DOCUMENT, MACHINES, pictured_machines, render, with_pictures


def test_every_machine_has_its_picture() -> None:
    names = {path.name.removesuffix(".asl.json") for path in MACHINES.glob("*.asl.json")}

    assert pictured_machines(DOCUMENT.read_text()) == names


def test_the_pictures_are_up_to_date() -> None:
    assert machines.main([]) == 0, "run python -m infra.docs.machines --write"


def test_a_picture_shows_what_each_outcome_leads_to() -> None:
    picture = render(MACHINES / "checkout_prepare.asl.json")

    assert picture.startswith("stateDiagram-v2\n    [*] --> ReserveStock\n")
    assert 'state "Reserved?" as Reserved_' in picture
    assert "Reserved_ --> OpenPayment: reserved" in picture
    assert "Reserved_ --> NotReady: anything else" in picture
    assert "OpenPayment --> [*]" in picture


def test_a_stale_document_is_noticed_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    document = tmp_path / "workflows.md"
    document.write_text(DOCUMENT.read_text().replace("--> Settle: paid", "--> Settle: always"))
    monkeypatch.setattr(machines, "ROOT", tmp_path)
    monkeypatch.setattr(machines, "DOCUMENT", document)

    assert machines.main([]) == 1
    assert "workflows.md is stale" in capsys.readouterr().out
    assert machines.main(["--write"]) == 0
    assert document.read_text() == with_pictures(DOCUMENT.read_text())
