"""The counter of the chaos run finds what it is there to find, and nothing where all is well."""

from bench.chaos.counting import (
    StoredEvent,
    StoredFile,
    StoredMessage,
    StoredTicket,
    Wish,
    count_acts,
    count_messages,
    count_numbers,
    is_loss,
)
from bench.chaos.forms import filled


def found(findings):
    return {name: details for name, details in findings.items() if details}


def filed(key="a", told=("HD-2026-000001",), **more):
    return Wish("ticket", key, f"mati {key}", told=list(told), **more)


def ticket(key="a", number="HD-2026-000001"):
    return StoredTicket(number, key, f"mati {key}")


def test_what_was_promised_and_came_true_is_no_finding():
    reply = Wish("reply", "r", "kabar", ("f2",), "HD-2026-000001", ["yes", "yes"])
    events = [StoredEvent("HD-2026-000001", "r", "kabar"), StoredEvent("HD-2026-000001", "of-somebody", "")]
    files = [StoredFile("a", "f1", True), StoredFile("r", "f2", True)]
    findings = count_acts([filed(files=("f1",)), reply], [ticket()], events, files)
    assert found(findings) == {}
    # Nobody was promised anything: stored or not, both are right.
    assert found(count_acts([filed(told=())], [ticket()], [], [])) == {}
    assert found(count_acts([filed(told=())], [], [], [])) == {}
    assert not is_loss(findings)


def test_losses_and_doubles_are_named():
    assert found(count_acts([filed()], [], [], [])) == {"tickets lost": ["a"]}
    # The same words under another key are the same intention, filed twice.
    twice = [ticket(), StoredTicket("HD-2026-000002", "b", "mati a")]
    assert found(count_acts([filed()], twice, [], [])) == {"tickets doubled": ["a"]}
    told = count_acts([filed(told=("HD-2026-000001", "HD-2026-000009"))], [ticket()], [], [])
    assert found(told) == {"numbers told wrongly": ["a"]}
    step, reply = Wish("step", "s", told=["yes"]), Wish("reply", "r", "kabar", told=["yes"])
    doubled = [StoredEvent("1", "r", "kabar"), StoredEvent("1", "x", "kabar"), StoredEvent("1", "r", "kabar")]
    assert found(count_acts([step, reply], [], doubled, [])) == {
        "steps lost": ["s"],
        "replies doubled": ["r"],
    }
    refused = Wish("reply", "r", refused=True)
    assert found(count_acts([refused], [], [StoredEvent("1", "r", "")], [])) == {
        "replies refused and stored": ["r"]
    }
    files = [StoredFile("a", "f1", True), StoredFile("a", "f1", True), StoredFile("a", "f3", False)]
    assert found(count_acts([filed(files=("f1", "f2"))], [ticket()], [], files)) == {
        "files lost": ["a"],
        "files doubled": ["a"],
        "files damaged": ["a"],
    }


def test_numbers_have_no_gaps_and_no_doubles():
    assert found(count_numbers([2, 1, 3], 3)) == {}
    assert found(count_numbers([1, 3, 3], 4)) == {
        "numbers missing": ["2"],
        "numbers doubled": ["3"],
        "series out of step": ["4 given, 3 used"],
    }


def test_each_fault_excuses_one_message_that_came_twice():
    rows = [StoredMessage("<a>", "sent"), StoredMessage("<b>", "sent")]
    once = [("<a>", 10.0), ("<b>", 10.0)]
    assert found(count_messages(rows, once, [])) == {}
    again = [*once, ("<a>", 700.0), ("<b>", 700.0)]
    findings = count_messages(rows, again, [11.0])
    assert found(findings) == {
        "(messages doubled by a fault)": ["<a>"],
        "messages doubled without a fault": ["<b>"],
    }
    assert is_loss(findings)
    assert not is_loss(count_messages(rows, again, [11.0, 12.0]))
    # A fault before the mail server said yes, or long after, explains nothing.
    assert is_loss(count_messages(rows, again, [5.0, 300.0]))
    rows = [StoredMessage("<a>", "sent"), StoredMessage("<b>", "parked"), StoredMessage("<c>", "queued")]
    assert found(count_messages(rows, [("<x>", 1.0)], [])) == {
        "messages lost": ["<a>"],
        "messages given up": ["<b>"],
        "messages still waiting": ["<c>"],
        "messages of nothing": ["<x>"],
    }


def test_a_form_is_filled_in_as_a_browser_would():
    html = """
    <form action="/a/"><input name="key" value="other"><input type="radio" name="nature" value="o"></form>
    <form action="/b/"><input type="hidden" name="key" value="k">
      <input type="checkbox" name="who" value="4"><input type="checkbox" name="who" value="5">
      <select name="lead" required><option value="" selected>-</option><option value="7">G</option></select>
      <select name="other"><option value="">-</option><option value="1">P</option></select>
      <select name="helpers" multiple><option value="7">G</option></select>
      <select name="service"><option value="1">A</option><option value="2" selected>B</option></select>
      <input type="radio" name="nature" value="x"><input type="radio" name="nature" value="y" checked>
      <input type="radio" name="verdict" value="v"><input type="checkbox" name="tick" value="t">
      <input name="cause" required><textarea name="note"></textarea><input type="file" name="files"></form>
    """
    assert filled(html, "kata", "/b/") == {
        "key": ["k"],
        "who": ["4"],
        "lead": ["7"],
        "other": [],
        "helpers": [],
        "service": ["2"],
        "nature": ["y"],
        "verdict": ["v"],
        "cause": ["kata"],
        "note": ["kata"],
    }
    assert filled("<form></form>", "kata", "/b/") is None
