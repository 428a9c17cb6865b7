"""Pictures as a phone would make them, drawn here: Facebook's dialog in its languages, and what is no dialog."""

from collections.abc import Callable

from playwright.sync_api import Browser, ViewportSize

from rollguard.rules.loader import SOURCES

PHONE: ViewportSize = {"width": 360, "height": 740}
FIXTURES = SOURCES / "rules" / "facebook_cloud_processing"

# Plain CSS in the manner of the app: the dialog alone, its buttons below each other, "Allow" in white on blue.
_STYLE = """
html {{ background: {ground}; color: {ink}; font: {size}px/1.4 system-ui, sans-serif; }}
body {{ margin: 0; }}
[role=banner], [role=main] {{ display: none; }}
[role=dialog] {{ padding: 20px; }}
[role=dialog] > div > div {{ margin: 0 0 14px; }}
h2 {{ font-size: 1.35em; line-height: 1.25; }}
[role=button][aria-label] {{ margin: 8px 0; padding: 10px; border-radius: 8px; text-align: center; font-weight: 600;
  color: #fff; background: #1877f2; }}
[role=button]:first-child {{ color: inherit; background: {button}; }}
"""
LIGHT = {"ground": "#fff", "ink": "#111", "button": "#e4e6eb"}
DARK = {"ground": "#18191a", "ink": "#e4e6eb", "button": "#3a3b3c"}

_HOLIDAY = """
<canvas width="720" height="960"></canvas><script>
const pen = document.querySelector("canvas").getContext("2d");
const sky = pen.createLinearGradient(0, 0, 0, 960);
for (const [stop, colour] of [[0, "#3b83c9"], [.5, "#cfe6f5"], [.55, "#1f6f8b"], [.75, "#5fb0b7"], [.8, "#e8d3a2"]])
  sky.addColorStop(stop, colour);
pen.fillStyle = sky; pen.fillRect(0, 0, 720, 960);
pen.fillStyle = "#fff3b0"; pen.beginPath(); pen.arc(540, 150, 60, 0, 7); pen.fill();
pen.fillStyle = "#2f4f2f"; pen.beginPath(); pen.moveTo(0, 520); pen.lineTo(160, 330); pen.lineTo(330, 520); pen.fill();
pen.fillStyle = "#c0392b"; pen.beginPath(); pen.ellipse(420, 830, 130, 50, .3, 0, 7); pen.fill();
let seed = 7;
const dice = () => (seed = seed * 16807 % 2147483647) / 2147483647;
for (let grain = 0; grain < 40000; grain++) {
  pen.fillStyle = `rgba(${dice() * 255}, ${dice() * 255}, ${dice() * 255}, .25)`;
  pen.fillRect(dice() * 720, dice() * 960, 3, 3);
}
</script>
"""
_MENU = """
<h1>Seaside Café</h1><p>Grilled sea bream with lemon and potatoes.</p><p>Tomato salad with basil and bread.</p>
<p>Ask us for allergens. We allow dogs on the terrace.</p><p>Share your photos with friends.</p><button>Order</button>
"""


Draw = Callable[[Browser], bytes]


def dialog(browser: Browser, language: str, size: int = 16, colours: dict[str, str] = LIGHT) -> bytes:
    html = (FIXTURES / f"match_{language}.html").read_text("utf-8")
    return _picture(browser, html, _STYLE.format(size=size, **colours))


def holiday(browser: Browser) -> bytes:
    return _picture(browser, _HOLIDAY, "body { margin: 0 } canvas { width: 360px }")


def menu(browser: Browser) -> bytes:
    return _picture(browser, _MENU, "body { font: 16px/1.4 serif }")


def _picture(browser: Browser, html: str, style: str) -> bytes:
    page = browser.new_page(viewport=PHONE, device_scale_factor=2)
    page.set_content(html)
    page.add_style_tag(content=style)
    picture = page.screenshot(full_page=True)
    page.close()
    return picture
