"""Opens every page in headless Chromium, asks axe-core, and looks at what a reader would meet.

Reads JSON from standard input: {"pages": [{"name": "now-bg", "urls": ["http://…"], "steps": [], "status": 200}],
"pictures": folder or null}. Each visit takes the next of the urls; steps are what a reader does there: ["check",
CSS], ["fill", CSS, TEXT], ["open", CSS], ["press", LABEL], which sends a form.
Prints every fault, one a line, and ends with code 1 when there was any.
"""

import json
import os
import pathlib
import sys

import axe_playwright_python
from playwright.sync_api import sync_playwright

FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
# The narrowest screen that WCAG 2.1 reflow asks for, a phone, a desktop.
SCREENS = {"narrow": (320, 640), "phone": (390, 844), "desktop": (1280, 800)}
PICTURED = ("phone", "desktop")
SCHEMES = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LEAST_TARGET = 24

# What a browser can measure and axe does not: nothing scrolls sideways, no script and no inline
# style is there, and what stands alone to be pressed is large enough.
LOOK = """least => {
  const faults = [];
  const wide = document.documentElement.scrollWidth;
  if (wide > window.innerWidth) faults.push(`scrolls sideways: ${wide} px on ${window.innerWidth}`);
  if (document.querySelector("script, style, [style]")) faults.push("has a script or an inline style");
  for (const it of document.querySelectorAll("button, .button, input, select, summary, nav a, footer a")) {
    const box = it.getBoundingClientRect();
    if (it.type !== "hidden" && (box.width < least || box.height < least))
      faults.push(`${it.outerHTML.slice(0, 80)} is ${box.width} by ${box.height} px`);
  }
  return faults;
}"""


def visit(page, wanted: dict, number: int):
    """Opens the page and does what the steps say; the last answer."""
    urls = wanted["urls"]
    answer = page.goto(urls[number % len(urls)], wait_until="load")
    for what, where, *text in wanted["steps"]:
        if what == "check":
            page.check(where)
        elif what == "fill":
            page.fill(where, text[0])
        elif what == "open":
            page.click(where)
        else:
            with page.expect_navigation(wait_until="load") as sent:
                page.get_by_role("button", name=where, exact=True).first.click()
            answer = sent.value
    return answer


def main() -> int:
    task = json.load(sys.stdin)
    axe = pathlib.Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    pictures = task["pictures"] and pathlib.Path(task["pictures"])
    if pictures:
        pictures.mkdir(parents=True, exist_ok=True)
        for old in pictures.glob("*.png"):
            old.unlink()
    faults = []
    flags = FLAGS + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["GLAS_TEST_BROWSER"], args=flags)
        number = 0
        for scheme in SCHEMES:
            for screen, (width, height) in SCREENS.items():
                context = browser.new_context(
                    color_scheme=scheme,
                    viewport={"width": width, "height": height},
                    extra_http_headers={"x-forwarded-for": f"192.0.2.{100 + number}"},
                )
                page = context.new_page()
                said = []
                page.on("console", lambda message: said.append(message.text))
                for wanted in task["pages"]:
                    where = f"{wanted['name']} ({scheme}, {screen})"
                    said.clear()
                    answer = visit(page, wanted, number)
                    # The browser itself remarks on every answer of 400 and more.
                    problems = [text for text in said if "Failed to load resource" not in text]
                    problems += page.evaluate(LOOK, LEAST_TARGET)
                    page.evaluate(axe)
                    found = page.evaluate("rules => axe.run(document, rules)", RULES)
                    if not found["passes"]:
                        problems.append("axe looked at nothing")
                    for violation in found["violations"]:
                        nodes = "; ".join(node["html"][:120] for node in violation["nodes"][:3])
                        problems.append(f"{violation['id']}: {violation['help']}: {nodes}")
                    if answer is None or answer.status != wanted["status"]:
                        problems.append(f"answered {answer and answer.status}")
                    faults += [f"{where}: {problem}" for problem in problems]
                    if pictures and screen in PICTURED:
                        name = f"{wanted['name']}-{scheme}-{screen}.png"
                        page.screenshot(path=pictures / name, full_page=True)
                context.close()
                number += 1
        browser.close()
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
