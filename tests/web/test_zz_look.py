from web.test_accessible import overflow, violations


def test_look(visit, sample, assets):
    for who in ("trader", "officer"):
        page = visit(getattr(sample, who))
        for w, h in ((1280, 700), (320, 640)):
            page.set_viewport_size({"width": w, "height": h})
            page.goto("/messages/")
            page.screenshot(path=f"/tmp/look/nav-{who}-{w}.png")
            if w == 320:
                page.get_by_role("button", name="Menu").click()
            page.locator(".ics-more summary").click()
            page.screenshot(path=f"/tmp/look/nav-{who}-{w}-open.png")
            print(who, w, violations(page, assets), overflow(page))
        page.set_viewport_size({"width": 800, "height": 640})
        page.goto("/alerts/" if who == "officer" else "/programs/")
        page.screenshot(path=f"/tmp/look/nav-{who}-800.png")
