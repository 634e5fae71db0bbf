"""What the first view of the county costs on the wire: with nothing kept, and with everything kept."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import DESK

pytest_plugins = ("tests.browser.sample",)

COLD_BYTES = 450 * 1024
WARM_BYTES = 30 * 1024
READY_MS = 60_000


class Weighed:
    """Bytes that arrived over the network, headers included, by address."""

    def __init__(self, page: Page) -> None:
        self._addresses: dict[str, str] = {}
        self.bytes: dict[str, int] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _sent(self, event: dict) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finished(self, event: dict) -> None:
        address = self._addresses.get(event["requestId"], "")
        if not address.startswith(("data:", "blob:")):
            self.bytes[address] = self.bytes.get(address, 0) + int(event["encodedDataLength"])

    def heaviest(self) -> str:
        """What to look at when there is too much."""
        heavy = sorted(self.bytes.items(), key=lambda item: -item[1])[:8]
        return f"{sum(self.bytes.values())} bytes; " + ", ".join(
            f"{size} {address}" for address, size in heavy
        )


def opened(page: Page, address: str) -> Weighed:
    weighed = Weighed(page)
    page.goto(address)
    expect(page.locator("html")).to_have_attribute("data-map-state", "ready", timeout=READY_MS)
    page.wait_for_load_state("networkidle")
    return weighed


def test_the_first_view_is_small_and_the_second_nearly_free(
    context: BrowserContext, sample_site: str
) -> None:
    page = context.new_page()
    page.set_viewport_size(DESK)
    cold = opened(page, f"{sample_site}/")
    assert len(cold.bytes) > 20
    assert any("/shapes" in address for address in cold.bytes)
    assert 100_000 < sum(cold.bytes.values()) <= COLD_BYTES, cold.heaviest()
    again = context.new_page()
    again.set_viewport_size(DESK)
    page.close()
    warm = opened(again, f"{sample_site}/")
    assert sum(warm.bytes.values()) > 0
    assert sum(warm.bytes.values()) <= WARM_BYTES, warm.heaviest()
