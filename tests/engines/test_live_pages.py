"""Firefox and WebKit: each live page opens, and its first and last picture move."""

import json
import os

import pytest
from lab import firefox
from notebook_tool import notebooks
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import (
    text_to_be_present_in_element,
)
from selenium.webdriver.support.ui import WebDriverWait
from shown import FOLDER, Shown, opening, values_at

# Debian's place; Selenium wants it said.
MINI_BROWSER = "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser"
# WebDriver gives no console of WebKit: the page itself keeps what would stand there.
LISTEN = """<head><script>
    const faults = [];
    addEventListener("error", event => faults.push(event.message), true);
    addEventListener("unhandledrejection", event => faults.push(`${event.reason}`));
    addEventListener("securitypolicyviolation", event => faults.push(event.blockedURI));
    for (const kind of ["error", "warn"])
        console[kind] = (...words) => faults.push(words.join(" "));
</script>"""


@pytest.fixture(params=[path.stem for path in notebooks()])
def name(request):
    """Give the name of each page that has pictures."""
    return request.param


@pytest.fixture(scope="module")
def a_firefox():
    with firefox() as browser:
        yield browser


@pytest.fixture(scope="module")
def a_webkit():
    options = webdriver.WebKitGTKOptions()
    options.binary_location = os.environ.get("WEBKIT", MINI_BROWSER)
    options.add_argument("--automation")
    driver = webdriver.WebKitGTK(options=options)
    yield driver
    driver.quit()


def test_firefox(name, a_firefox):
    page, faults = a_firefox.new_page(), []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: said.type == "error" and faults.append(said.text))
    page.goto((FOLDER / f"{name}.html").as_uri())
    pictures = opening(name)
    for place in {0, len(pictures) - 1}:
        shown = Shown(page.locator(".live").nth(place), *pictures[place])
        for end in (-1, 0):
            shown.go([range(len(stops))[end] for stops in shown.stops])
    page.close()
    assert faults == []


def test_webkit(name, a_webkit, tmp_path):
    page = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    copy = tmp_path / f"{name}.html"
    copy.write_text(page.replace("<head>", LISTEN, 1), encoding="utf-8")
    a_webkit.get(copy.as_uri())
    assert a_webkit.execute_script("return faults") == []
    pictures = opening(name)
    for place in {0, len(pictures) - 1}:
        picture, shown = pictures[place]
        root = a_webkit.find_elements(By.CSS_SELECTOR, ".live")[place]
        a_webkit.execute_script("arguments[0].scrollIntoView()", root)
        wait = WebDriverWait(root, 20)
        wait.until(lambda root: root.get_attribute("data-at"))
        told = root.find_element(By.CSS_SELECTOR, "[type='application/json']")
        told = json.loads(told.get_attribute("textContent"))
        stops, at = [knob["stops"] for knob in told["knobs"]], told["start"]
        rows = root.find_elements(By.CSS_SELECTOR, ".control")
        for key, end in ((Keys.END, -1), (Keys.HOME, 0)):
            for k, row in enumerate(rows):
                for slider in row.find_elements(By.CSS_SELECTOR, "[type=range]"):
                    slider.send_keys(key)
                    at[k] = range(len(stops[k]))[end]
            words = picture.words(**values_at(picture, shown, stops, at))
            caption = By.CSS_SELECTOR, "figcaption"
            wait.until(text_to_be_present_in_element(caption, words), words)
    assert a_webkit.execute_script("return faults") == []
