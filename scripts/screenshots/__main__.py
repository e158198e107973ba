"""`python -m scripts.screenshots [NAME …]`: take every picture, or those whose names begin so."""

import sys

from playwright.sync_api import sync_playwright

from scripts.screenshots import desk, public
from scripts.screenshots.camera import FOLDER, Camera
from scripts.screenshots.stage import site

#: All pictures together, in bytes: what a clone of the repository should carry for them.
LIMIT = 3_000_000


def main() -> None:
    wanted = tuple(sys.argv[1:])
    FOLDER.mkdir(parents=True, exist_ok=True)
    with site() as stage, sync_playwright() as playwright:
        camera = Camera.of(stage, playwright)
        for scene in (*public.SCENES, *desk.SCENES):
            if not wanted or any(name.startswith(wanted) for name in scene.names):
                scene.play(camera)
                for name in scene.names:
                    print(f"{name}: {camera.taken[name] // 1024} KB", flush=True)
        camera.browser.close()
    if not wanted:
        forget_others(set(camera.taken))
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.2f} MB in {FOLDER}")
    if total > LIMIT:
        sys.exit(f"That is more than {LIMIT / 1e6:.0f} MB: show less of a screen, or fewer screens.")


def forget_others(kept: set[str]) -> None:
    """Remove pictures that no scene takes any more."""
    for path in FOLDER.glob("*.png"):
        if path.stem not in kept:
            path.unlink()


if __name__ == "__main__":
    main()
