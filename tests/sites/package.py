"""The wheel in an environment of its own: built once for this source, installed as a site installs it."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("pyproject.toml", "README.md", "LICENSE")
KEPT = ROOT / "var" / "sites"
#: What pip must not be told by whoever runs the tests, and what would point at this repository's own site.
FOREIGN = ("DJANGO_", "HELPDESK_", "PIP_", "PYTHON")


def run(*command: str | Path, cwd: Path, env: dict[str, str]) -> str:
    """Run a command to its end and return what it printed; the test fails with all of it if it does."""
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def plain_environment() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(FOREIGN)}
    kept.pop("DATABASE_URL", None)
    return kept | {"PYTHONWARNINGS": "default"}


def installed_python() -> Path:
    """The interpreter of an environment with the wheel; made anew only when the plugin has changed."""
    place = KEPT / _fingerprint()
    if not place.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix="making-", dir=KEPT))
        _install(made)
        for former in KEPT.iterdir():
            if former != place and not former.name.startswith("making-"):
                shutil.rmtree(former, ignore_errors=True)
        try:
            made.rename(place)
        except OSError:
            # Another worker was quicker.
            shutil.rmtree(made)
    return place / "venv" / "bin" / "python"


def _install(place: Path) -> None:
    env = plain_environment()
    build = (sys.executable, "-m", "build", "--quiet", "--wheel", "--outdir", place / "wheel")
    run(*build, _source_copy(place / "source"), cwd=place, env=env)
    (wheel,) = (place / "wheel").glob("*.whl")
    venv.create(place / "venv", symlinks=True)
    # The pinned packages of this repository are seen from it, so that nothing is fetched. pip still asks
    # whether they are what the wheel demands, and would refuse.
    ours = sysconfig.get_path("purelib")
    (packages,) = (place / "venv" / "lib").glob("python*/site-packages")
    (packages / "pinned.pth").write_text(f"{ours}\n")
    python = place / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", "--no-index", f"{wheel}[worker]", cwd=place, env=env)


def _source_copy(place: Path) -> Path:
    """What the wheel is made of, apart: building writes beside its source."""
    bytecode = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "helpdesk_plugin", place / "helpdesk_plugin", ignore=bytecode)
    for name in SOURCES:
        shutil.copy(ROOT / name, place / name)
    return place


def _fingerprint() -> str:
    digest = hashlib.sha256(sys.version.encode())
    plugin = (path for path in (ROOT / "helpdesk_plugin").rglob("*") if "__pycache__" not in path.parts)
    # What the sites are made of, for the migrated databases that are kept beside.
    variants = Path(__file__).with_name("variants.py")
    for path in (*(ROOT / name for name in SOURCES), variants, *sorted(filter(Path.is_file, plugin))):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]
