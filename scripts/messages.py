"""Keep the Indonesian catalogues true: of the plugin (helpdesk_plugin/locale) and of the site (locale).

Without arguments, extract the texts from the source into the .po files and compile them. With --check,
change nothing, and fail with a list if a text is untranslated, only guessed (fuzzy), gone from the source, or
not yet compiled into the .mo file.

What Wagtail's scripts say in the admin and Wagtail has no Indonesian for stands in a catalogue of its own;
its texts come from the installed Wagtail, not from our source.
"""

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import polib
import wagtail.admin

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "id"
# Catalogue → the directory it is extracted from and what in there belongs to another catalogue or to nobody.
PO = f"locale/{LANGUAGE}/LC_MESSAGES/django.po"
CATALOGUES = {
    f"helpdesk_plugin/{PO}": ("helpdesk_plugin", []),
    PO: (
        ".",
        ["helpdesk_plugin/*", "tests/*", "bench/*", "build/*", "var/*", ".venv/*", ".nox/*"],
    ),
}
SCRIPT_WORDS = f"helpdesk_plugin/locale/{LANGUAGE}/LC_MESSAGES/djangojs.po"
WAGTAILS_WORDS = Path(wagtail.admin.__file__).parent / "locale"
# Dates and people in the header would make every extraction look like a change.
UNSTABLE_HEADERS = ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team")


def main() -> None:
    require_gettext()
    if "--check" in sys.argv[1:]:
        problems = check()
        for problem in problems:
            print(problem)
        if problems:
            sys.exit(
                f"{len(problems)} problems in the translations: run make messages and fill in what is empty."
            )
        print("Translations are complete and compiled.")
    else:
        for path in CATALOGUES:
            report(path, update(ROOT, path))
        report(SCRIPT_WORDS, update_script_words(ROOT))


def report(path: str, untranslated: list[polib.POEntry]) -> None:
    for entry in untranslated:
        print(f"{path}: not translated: {entry.msgid!r}")


def require_gettext() -> None:
    """Install the gettext tools if they are missing and that is possible; else end with a sentence."""
    if shutil.which("msgmerge"):
        return
    subprocess.run(["bash", "-c", ". scripts/lib.sh && apt_install gettext"], cwd=ROOT, check=False)
    if not shutil.which("msgmerge"):
        sys.exit("The gettext tools are missing. Install them (Debian: sudo apt-get install gettext) first.")


def update(root: Path, path: str) -> list[polib.POEntry]:
    """Extract one catalogue below `root`, compile it, and return the entries that lack a translation."""
    directory, ignored = CATALOGUES[path]
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    options = ["--no-wrap", "--add-location=file", "--no-obsolete", "--verbosity=0"]
    options += [argument for pattern in ignored for argument in ("--ignore", pattern)]
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", f"--locale={LANGUAGE}", *options],
        cwd=root / directory,
        check=True,
    )
    return settle(polib.pofile(root / path, wrapwidth=0), root / path)


def update_script_words(root: Path) -> list[polib.POEntry]:
    """Add what the installed Wagtail's scripts say in English only; return the entries without translation.

    Nothing is taken out: a word may belong to another version of Wagtail that is supported too.
    """
    path = root / SCRIPT_WORDS
    catalogue = polib.pofile(path, wrapwidth=0) if path.exists() else polib.POFile(wrapwidth=0)
    spoken = {key(entry) for entry in script_words("id_ID") if entry.translated()}
    known = {key(entry) for entry in catalogue} | spoken
    for entry in script_words("en"):
        if key(entry) not in known:
            plural = {"msgid_plural": entry.msgid_plural, "msgstr_plural": {0: ""}}
            catalogue.append(polib.POEntry(msgid=entry.msgid, **(plural if entry.msgid_plural else {})))
    catalogue.sort(key=key)
    return settle(catalogue, path)


def script_words(locale: str) -> polib.POFile:
    return polib.pofile(WAGTAILS_WORDS / locale / "LC_MESSAGES" / "djangojs.po")


def settle(catalogue: polib.POFile, path: Path) -> list[polib.POEntry]:
    """Write a catalogue without what changes by itself, and compiled; return what lacks a translation."""
    catalogue.header = ""
    for name in UNSTABLE_HEADERS:
        catalogue.metadata.pop(name, None)
    catalogue.metadata |= {
        "Language": LANGUAGE,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    for entry in catalogue.fuzzy_entries():
        forget_guess(entry)
    catalogue.save(path)
    catalogue.save_as_mofile(path.with_suffix(".mo"))
    return [entry for entry in catalogue if not entry.translated()]


def forget_guess(entry: polib.POEntry) -> None:
    """Empty a fuzzy entry: a guess from a similar text reads like a translation and is none."""
    entry.flags.remove("fuzzy")
    entry.msgstr = ""
    if entry.msgid_plural:
        entry.msgstr_plural = {0: ""}
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None


def check() -> list[str]:
    """Return what is wrong with the catalogues, one line each; work on a copy of the source."""
    problems = []
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, "source")
        shutil.copytree(
            ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".nox", "var", "__pycache__")
        )
        updates = {path: partial(update, copy, path) for path in CATALOGUES}
        updates[SCRIPT_WORDS] = partial(update_script_words, copy)
        for path, bring_up_to_date in updates.items():
            kept = texts(polib.pofile(ROOT / path)) if (ROOT / path).exists() else {}
            untranslated = bring_up_to_date()
            problems += [f"{path}: not translated: {entry.msgid!r}" for entry in untranslated]
            current = {key(entry) for entry in polib.pofile(copy / path)}
            problems += [f"{path}: no longer in the source: {text!r}" for text, _, _ in kept.keys() - current]
            compiled_path = (ROOT / path).with_suffix(".mo")
            compiled = texts(polib.mofile(compiled_path)) if compiled_path.exists() else {}
            if compiled != {name: text for name, text in kept.items() if any(text)}:
                problems.append(f"{path}: the compiled .mo file is missing or older than the texts")
    return problems


def key(entry: polib.POEntry) -> tuple[str, str, str]:
    return entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""


def texts(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[str, str, str], list[str]]:
    """Return what each text is translated to; plural texts have a list of forms."""
    return {
        key(entry): list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        for entry in catalogue
        if "fuzzy" not in entry.flags
    }


if __name__ == "__main__":
    main()
