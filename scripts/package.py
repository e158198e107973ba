"""Build the wheel of the plugin into dist/ and make sure that it holds the whole plugin and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "helpdesk_plugin"
NOT_SHIPPED = {".pyc", ".pot"}


def main() -> None:
    shutil.rmtree(ROOT / "dist", ignore_errors=True)
    # By way of the source archive, so that nothing left over in the working directory gets in.
    subprocess.run([sys.executable, "-m", "build", "--quiet"], cwd=ROOT, check=True)
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    expected = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / PLUGIN).rglob("*")
        if path.is_file() and path.suffix not in NOT_SHIPPED
    }
    for name in sorted(expected - packed):
        print(f"missing in the wheel: {name}")
    for name in sorted(packed - expected):
        print(f"does not belong in the wheel: {name}")
    if packed != expected:
        sys.exit("The wheel is not the plugin: see [tool.setuptools] in pyproject.toml.")
    print(f"{wheel.relative_to(ROOT)}: {len(packed)} files, the whole plugin and nothing else.")


if __name__ == "__main__":
    main()
