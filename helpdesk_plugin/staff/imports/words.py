"""What is wrong with a file or a line of it, as sentences that say what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helpdesk_plugin.services.imports import CellRefused, Line, LineProblem
from helpdesk_plugin.services.past_files import MAX_MEMBERS, ArchiveProblem, ArchiveRefused
from helpdesk_plugin.services.tables import MAX_ROWS, TableProblem, TableRefused
from helpdesk_plugin.staff.words import file_refusal

_TABLES = {
    TableProblem.EMPTY: gettext_lazy("The file is empty. It needs a line of headings and at least one row."),
    TableProblem.TOO_LARGE: gettext_lazy("The file is larger than 10 MB. Part it into several."),
    TableProblem.NOT_A_TABLE: gettext_lazy(
        "This is no table that can be read. Save it in Excel as XLSX or as CSV (UTF-8) and choose that file."
    ),
    TableProblem.UNPACKS_TOO_LARGE: gettext_lazy(
        "This file holds far more than it seems to. Copy the rows into a new workbook and save that."
    ),
    TableProblem.TOO_MANY_ROWS: gettext_lazy("More than %(most)d rows. Part the file into several."),
    TableProblem.DOUBLED_COLUMN: gettext_lazy(
        "These columns stand there twice: %(names)s. Keep one of each."
    ),
    TableProblem.MISSING_COLUMN: gettext_lazy(
        "These columns are missing: %(names)s. Add them to the first line."
    ),
}


def about_file(refused: TableRefused) -> str:
    """Why a file cannot be read."""
    return str(_TABLES[refused.problem]) % {"names": ", ".join(refused.names), "most": MAX_ROWS}


def about_line(line: Line) -> str:
    """Why a line cannot be used."""
    told = {"line": line.row.number, "problem": _problem(line.refused)}
    return _("Line %(line)d: %(problem)s") % told


def doubts_about(line: Line) -> list[str]:
    """What of a line is left out although the line itself is used."""
    return [_doubt(line.row.number, doubt) for doubt in line.doubts]


def about_archive(refused: ArchiveRefused) -> str:
    """Why the files beside a register cannot be used."""
    return str(_ARCHIVES[refused.problem]) % {"most": MAX_MEMBERS}


_ARCHIVES = {
    ArchiveProblem.NOT_A_ZIP: gettext_lazy("This is no ZIP file. Pack the files into a ZIP and choose that."),
    ArchiveProblem.TOO_LARGE: gettext_lazy(
        "The ZIP is larger than 100 MB. Part it into several, or import on the server with the command "
        "helpdesk_import_register."
    ),
    ArchiveProblem.TOO_MANY: gettext_lazy("More than %(most)d files. Part the ZIP into several."),
}
_FILES = {
    LineProblem.FILE_MISSING: gettext_lazy(
        "Line %(line)d: the file “%(typed)s” did not come along, or cannot be read. It is left out."
    ),
    LineProblem.FILE_AMBIGUOUS: gettext_lazy(
        "Line %(line)d: several files are called “%(typed)s” and are left out. "
        "Write the folder before the name."
    ),
    LineProblem.FILE_TOO_MANY: gettext_lazy(
        "Line %(line)d names more than %(why)s files. The others are left out."
    ),
}


def _doubt(number: int, doubt: CellRefused) -> str:
    told = {"line": number, "typed": doubt.typed, "column": doubt.column, "why": doubt.why}
    if doubt.file is not None:
        return _("Line %(line)d: %(problem)s") % {"line": number, "problem": file_refusal(doubt.file)}
    if doubt.problem in _FILES:
        return str(_FILES[doubt.problem]) % told
    return _("Line %(line)d: “%(typed)s” in column %(column)s cannot be read and is left out.") % told


def _problem(refused: CellRefused | None) -> str:
    if refused is None:
        return ""
    told = {"column": refused.column, "typed": refused.typed, "why": refused.why}
    if refused.problem is LineProblem.REFUSED and refused.why:
        return refused.why
    kind = (refused.problem, bool(refused.why))
    return str(_CELLS.get(kind) or _CELLS[refused.problem, False]) % told


#: Problem, and whether it comes with more words → the sentence.
_CELLS = {
    (LineProblem.EMPTY, False): gettext_lazy("column %(column)s is empty."),
    (LineProblem.TOO_LONG, False): gettext_lazy("column %(column)s is longer than %(why)s letters."),
    (LineProblem.NO_DATE, False): gettext_lazy(
        "“%(typed)s” in column %(column)s is no date. Write it like 2026-11-27 or 27-11-2026."
    ),
    (LineProblem.UNKNOWN, True): gettext_lazy(
        "“%(typed)s” in column %(column)s is unknown. There are: %(why)s."
    ),
    (LineProblem.UNKNOWN, False): gettext_lazy(
        "“%(typed)s” in column %(column)s is unknown. Add it first, or choose one for such rows."
    ),
    (LineProblem.REFUSED, False): gettext_lazy("“%(typed)s” in column %(column)s cannot be used."),
}
