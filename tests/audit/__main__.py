"""Ask pip-audit about every library installed here, and say plainly what could not be asked.

pip-audit calls a library that its service does not know fine. Where the service cannot be reached, that is all of them.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

ALLOWED = Path(__file__).with_name("allowed.toml")
FINE, VULNERABLE, NOT_ASKED = "fine", "vulnerable", "not asked"


def asked(arguments: list[str]) -> dict[str, Any] | None:
    """What pip-audit answers; None where it could not ask at all."""
    command = [sys.executable, "-m", "pip_audit", "--format", "json", "--progress-spinner", "off", *arguments]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if answer.stdout.startswith("{"):
        return json.loads(answer.stdout)
    print(*answer.stderr.splitlines()[-1:], file=sys.stderr)
    return None


def judged(answer: Mapping[str, Any] | None, allowed: Mapping[str, str]) -> tuple[str, list[str]]:
    """What came of it, and the lines that say so. ``allowed``: what is lived with, and why."""
    libraries = answer["dependencies"] if answer else []
    known = [one for one in libraries if "skip_reason" not in one]
    if not known:
        return NOT_ASKED, ["No advisory data could be reached: NOTHING was checked for known vulnerabilities."]
    lines = [f"{len(known)} of {len(libraries)} libraries were checked for known vulnerabilities."]
    if len(known) < len(libraries):
        lines.append("Not known to the service: " + ", ".join(one["name"] for one in libraries if one not in known))
    found = {fault["id"]: (one, fault) for one in known for fault in one["vulns"]}
    ways = {name: {name, *fault.get("aliases", ())} & allowed.keys() for name, (_, fault) in found.items()}
    for name, (one, fault) in found.items():
        mended = ", ".join(fault["fix_versions"]) or "no version yet"
        told = f"{name}: {one['name']} {one['version']}, mended in {mended}"
        lines += [f"Allowed, {allowed[way]}: {told}" for way in sorted(ways[name])] or [f"VULNERABLE {told}"]
    lines += [
        f"No longer needed in {ALLOWED.name}: {way}" for way in sorted(allowed.keys() - set().union(*ways.values()))
    ]
    return (FINE if all(ways.values()) else VULNERABLE), lines


def main() -> int:
    """Ends with 1 where something is vulnerable that is not allowed, and else with 0."""
    outcome, lines = judged(asked(sys.argv[1:]), tomllib.loads(ALLOWED.read_text("utf-8")))
    print(*lines, sep="\n")
    return int(outcome == VULNERABLE)


if __name__ == "__main__":
    sys.exit(main())
