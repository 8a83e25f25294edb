"""The files as stored, opened in JupyterLab: the first tests of each notebook."""


def test_before_anything_runs_each_live_picture_is_a_still_one(stored):
    stills = stored.page.locator(".jp-Notebook .jp-RenderedImage img")
    stills.nth(stored.count("live(") - 1).wait_for()
    for k in range(stills.count()):
        stills.nth(k).scroll_into_view_if_needed()
        assert stills.nth(k).evaluate("e => e.decode().then(() => e.naturalWidth)") > 99
    stills.first.scroll_into_view_if_needed()
    stored.photograph("still")
    assert stored.faults() == []
