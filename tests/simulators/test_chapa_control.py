"""Can a test steer the simulator, and does its memory outlive a restart?"""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local.chapa import ChapaSimulator, Settings
from tests.simulators.support import Merchant, Shop, call


def test_a_late_payment_can_be_forced_on_a_closed_link(merchant: Merchant) -> None:
    merchant.initialize()
    merchant.api("PUT", "/transaction/cancel/nx-1")
    merchant.control("POST", "/transactions/nx-1/pay", expect=409)

    merchant.push("pay", document={"force": True, "wallet": "0900881111"})

    assert merchant.verify().json["data"]["status"] == "success"
    merchant.control("POST", "/transactions/nx-1/pay", {"force": True}, expect=409)


def test_a_window_can_be_ended_at_once(merchant: Merchant) -> None:
    merchant.initialize()

    merchant.push("expire")

    assert merchant.control("GET", "/transactions/nx-1")["closed"] == "expired"


def test_transactions_are_listed_newest_first(merchant: Merchant) -> None:
    url = merchant.checkout_url("nx-1")
    merchant.initialize("nx-2")

    items = merchant.control("GET", "/transactions")["items"]

    assert [item["tx_ref"] for item in items] == ["nx-2", "nx-1"]
    assert merchant.chapa.url + items[1]["checkout_path"] == url


def test_deliveries_are_chosen_by_payment(merchant: Merchant) -> None:
    for tx_ref in ("nx-1", "nx-2"):
        merchant.initialize(tx_ref)
        merchant.push("pay", tx_ref)

    (delivery,) = merchant.control("GET", "/deliveries?tx_ref=nx-2&tries=1")["items"]

    assert (delivery["tx_ref"], delivery["tries"][0]["url"]) == ("nx-2", merchant.shop.webhook_url)


def test_waiting_for_deliveries_ends(merchant: Merchant) -> None:
    assert merchant.control("GET", "/deliveries?tries=1&wait_seconds=0.01") == {"items": []}
    merchant.control("GET", "/deliveries?wait_seconds=900", expect=422)
    merchant.control("GET", "/deliveries?tries=many", expect=422)


def test_settings_change_by_name_and_slips_are_explained(merchant: Merchant) -> None:
    changed = merchant.control("PUT", "/settings", {"merchant_name": "Abebe's Coffee"})

    assert changed["merchant_name"] == "Abebe's Coffee"
    assert changed["webhook_url"] == merchant.shop.webhook_url
    merchant.control("PUT", "/settings", {"colour": "red"}, expect=422)
    merchant.control("PUT", "/settings", {"link_window_seconds": -1}, expect=422)
    merchant.control("PUT", "/settings", ["webhook_url"], expect=422)


def test_unknown_things_are_not_found(merchant: Merchant) -> None:
    merchant.initialize()

    merchant.control("POST", "/transactions/nx-2/pay", expect=404)
    merchant.control("POST", "/transactions/nx-1/dance", expect=404)
    merchant.control("POST", "/deliveries/none/send", expect=404)


def test_a_reset_forgets_payments_switches_and_changed_settings(merchant: Merchant) -> None:
    merchant.control("PUT", "/settings", {"webhook_url": "http://127.0.0.1:1/"})
    merchant.switch(no_callback=True)
    merchant.initialize()

    settings = merchant.control("POST", "/reset")

    assert settings["webhook_url"] == merchant.shop.webhook_url
    assert merchant.control("GET", "/transactions")["items"] == []
    assert merchant.control("GET", "/calls")["items"] == []
    assert merchant.control("GET", "/switches")["by_subject"] == {}


def test_a_live_key_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="test key"):
        ChapaSimulator(secret_key="CHASECK-live")


def test_payments_and_waiting_webhooks_outlive_a_restart(shop: Shop, tmp_path: Path) -> None:
    file = tmp_path / "kept" / "chapa.json"
    with ChapaSimulator(state_file=file) as chapa:
        merchant = Merchant(chapa, shop)
        merchant.switch(webhook_delay_seconds=0.01, verify_fields={"mode": "live"})
        merchant.control("PUT", "/settings", {"merchant_name": "Abebe's Coffee"})
        merchant.initialize()
        merchant.push("pay")
        merchant.deliveries(tries=1)

    with ChapaSimulator(Settings(webhook_url=shop.webhook_url), state_file=file) as chapa:
        merchant = Merchant(chapa, shop)
        (delivery,) = merchant.deliveries(tries=1)
        merchant.control("POST", f"/deliveries/{delivery['id']}/send")
        merchant.deliveries(tries=2)

        assert merchant.control("GET", "/settings")["merchant_name"] == "Abebe's Coffee"
        assert merchant.verify().json["data"]["mode"] == "live"
        assert merchant.initialize().status == 400
    assert shop.events == ["charge.success"]
    assert [path.name for path in file.parent.iterdir()] == ["chapa.json"]


def _started(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "infra.local.chapa", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_says_where_it_is_and_stops_when_told() -> None:
    keys = ("--secret-key", "CHASECK_TEST-x", "--webhook-secret", "s")
    with _started("--port", "0", *keys, "--seconds-between-tries", "1") as process:
        assert process.stdout is not None
        address = process.stdout.readline().split("control: ")[1].strip().rstrip(")")
        settings = json.loads(call("GET", f"{address}/settings").body)
        os.kill(process.pid, signal.SIGTERM)

        assert settings["seconds_between_tries"] == 1
        assert process.wait(timeout=10) == 0


def test_a_taken_port_or_a_live_key_gives_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for key, words in (("CHASECK_TEST-x", "Address already in use"), ("CHASECK-x", "test key")):
            with _started("--port", port, "--secret-key", key, "--webhook-secret", "s") as process:
                _, errors = process.communicate(timeout=10)

            assert process.returncode == 1
            assert words in errors
            assert len(errors.splitlines()) == 1
