"""Ask a public database (OSV) whether a pinned package has a known weakness. It needs the network.

Ends with 0 when nothing is known, 1 when something is, and 2 when the database could not be asked: then
nothing at all was audited, and it says so. Exceptions stand in audit-exceptions.txt, each with its reason.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PINS = ("requirements.txt", "requirements-dev.txt", "requirements-scale.txt")
EXCEPTIONS = ROOT / "audit-exceptions.txt"
CLEAN, KNOWN_WEAKNESS, NOT_ASKED = 0, 1, 2
#: What pip-audit prints below its lists when it has asked.
_ASKED = ("No known vulnerabilities found", "known vulnerabilit")


def main() -> int:
    try:
        ignored = [part for name in exceptions(EXCEPTIONS.read_text()) for part in ("--ignore-vuln", name)]
    except ValueError as error:
        print(error)
        return KNOWN_WEAKNESS
    command = [sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--timeout", "15"]
    # Every package is pinned, so nothing needs to be installed to know what would be.
    command += ["--no-deps", "--disable-pip", "--strict", "--progress-spinner", "off", *ignored]
    command += [part for pins in PINS for part in ("-r", pins)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    answer = verdict(done.returncode, said)
    if answer == NOT_ASKED:
        print(
            "NOT AUDITED: the database of weaknesses did not answer.",
            *said.strip().splitlines()[-1:],
            sep="\n",
        )
    else:
        print(said.strip())
    return answer


def exceptions(text: str) -> list[str]:
    """The identities to leave out, one a line with its reason after ``#``. Raises ValueError without one."""
    found = []
    for line in text.splitlines():
        name, _mark, reason = line.partition("#")
        if name.strip() and not reason.strip():
            raise ValueError(f"audit-exceptions.txt: {name.strip()} has no reason behind it.")
        if name.strip():
            found.append(name.strip())
    return found


def verdict(status: int, said: str) -> int:
    """What pip-audit found. It ends with 1 both when it found something and when it could not ask."""
    if any(words in said for words in _ASKED):
        return KNOWN_WEAKNESS if status else CLEAN
    return NOT_ASKED


if __name__ == "__main__":
    sys.exit(main())
