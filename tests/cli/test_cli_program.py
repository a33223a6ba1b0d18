"""The program as a whole: what it says first, how fast, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import Result

import claimtrack
from claimtrack.cli import main, program, reference
from claimtrack.cli.program import report_defect
from claimtrack.errors import NoRoomError, UsageError

Run = Callable[..., Result]
COMMANDS = ("validate", "discrepancies", "show", "timeline", "rule", "init", "completion")
HEAVY = ("pandas", "numpy", "pyarrow", "frictionless", "pandera", "rich", "jsonschema")
DOCS = Path(__file__).parents[2] / "docs"


def claimtrack_process(*args: str | Path, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", "from claimtrack.cli import main; main()", *map(str, args)]
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
    return subprocess.Popen(command, **{**pipes, **options})


def test_bare_it_says_what_it_is_and_what_to_type_next(run: Run) -> None:
    shown = run().stdout
    assert shown.startswith("claimtrack: what was claimed in an armed conflict")
    for command in COMMANDS[:4]:
        assert f"claimtrack {command}" in shown


def test_nothing_of_a_help_is_wider_than_a_common_terminal(run: Run) -> None:
    for args in ((), ("--help",), *((command, "--help") for command in program.commands)):
        assert max(map(len, run(*args).stdout.splitlines())) <= 80, args


def test_version(run: Run) -> None:
    assert run("--version").stdout == f"claimtrack {claimtrack.__version__}\n"


def test_help_lists_the_commands_in_the_order_in_which_one_meets_them(run: Run) -> None:
    listing = run("--help").stdout.split("Commands:")[1]
    positions = [listing.index(f"\n  {command} ") for command in COMMANDS]
    assert positions == sorted(positions)
    assert "..." not in listing, "no short help is cut off"


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_examples(run: Run, command: str) -> None:
    shown = run(command, "--help").stdout
    assert f"claimtrack {command}" in shown.split("Examples:")[1]
    assert run(command, "-h").stdout == shown


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "completion"])
def test_every_example_in_a_help_is_one_that_parses(command: str) -> None:
    text = program.commands[command].help
    assert text is not None
    examples = [line.strip() for line in text.split("Examples:")[1].splitlines() if line.strip()]
    for example in examples:
        words = [word.strip('"') for word in example.split(" > ")[0].split()]
        assert words[:2] == ["claimtrack", command]
        options = [word for word in words if word.startswith("--")]
        known = [name for option in program.commands[command].params for name in option.opts]
        assert set(options) <= set(known)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    script = run("completion", shell).stdout
    assert "_CLAIMTRACK_COMPLETE" in script
    assert "claimtrack" in script


def test_the_shell_gets_completions() -> None:
    environment = {
        **os.environ,
        "_CLAIMTRACK_COMPLETE": "bash_complete",
        "COMP_WORDS": "claimtrack dis",
        "COMP_CWORD": "1",
    }
    done = claimtrack_process(env=environment)
    assert done.communicate()[0] == "plain,discrepancies\n"


def test_help_imports_nothing_heavy() -> None:
    code = f"import sys, claimtrack.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_command_reference_is_up_to_date() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert written == reference.as_markdown(), "run: python -m claimtrack.cli.reference > docs/commands.md"


def test_every_argument_and_option_has_a_meaning() -> None:
    assert "|  |" not in reference.as_markdown()


def test_the_command_reference_is_what_the_module_prints() -> None:
    done = subprocess.run([sys.executable, "-m", "claimtrack.cli.reference"], capture_output=True, check=True)
    assert done.stdout.decode() == reference.as_markdown()


@pytest.mark.parametrize(
    "args", [("nonsense",), ("show",), ("init",), ("validate", "--format", "nonsense"), ("completion", "powershell")]
)
def test_wrong_usage_ends_with_2(run: Run, args: tuple[str, ...]) -> None:
    result = run(*args, expect=2)
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: claimtrack")


def test_what_is_typed_cannot_move_the_cursor(run: Run, sound: Path) -> None:
    result = run("show", "a\x1b[2J\u202e", "--package", sound, expect=2)
    assert "\x1b" not in result.stderr
    assert r"\x1b[2J\u202e" in result.stderr


def raising(error: BaseException) -> click.Command:
    def fail() -> None:
        raise error

    return click.Command("fail", callback=fail)


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (UsageError("no such thing\x1b\nsecond line"), 2, "Error: no such thing\\x1b\nsecond line\n"),
        (PermissionError(13, "Permission denied", "data/claims.csv"), 2, "Error: data/claims.csv: Permission denied\n"),
        (OSError(28, "No space left on device"), 1, "Error: cannot write: No space left on device\n"),
        (OSError(28, "Detail: 28", "out.csv"), 1, "Error: cannot write out.csv: No space left on device\n"),
        (NoRoomError("no room in /tmp"), 1, "Error: no room in /tmp\n"),
        (OSError("something odd"), 1, "Error: cannot write: something odd\n"),
        (MemoryError(), 1, "Error: there is not enough memory for this package\n"),
        (KeyboardInterrupt(), 130, ""),
        (BrokenPipeError(32, "Broken pipe"), 1, ""),
    ],
)
def test_endings(run: Run, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, message: str) -> None:
    monkeypatch.setitem(program.commands, "fail", raising(error))
    result = run("fail", expect=code)
    assert (result.stdout, result.stderr) == ("", message)


def test_a_closed_pipe_is_no_error_of_ours(package: Path) -> None:
    """`claimtrack … | head -1`: the reader goes away early."""
    with claimtrack_process("timeline", package, "--format", "json") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.parametrize("closed", [1, 2])
def test_what_goes_to_a_closed_stream_goes_nowhere(package: Path, closed: int) -> None:
    """`claimtrack … >&-`, and what a daemon starts."""
    code = f"import os; os.close({closed}); os.execv({sys.executable!r}, {[sys.executable, '-m', 'claimtrack']} + ARGS)"
    for args, ending in ((["timeline", str(package)], 0), (["show", "nobody", "--package", str(package)], 2)):
        command = [sys.executable, "-c", code.replace("ARGS", str(args))]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == ending
        assert "claimtrack itself failed" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device here that is always full")
def test_a_full_disk_is_said_plainly(package: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = claimtrack_process("timeline", package, stdout=full)
        _, said = process.communicate()
    assert (process.returncode, said) == (1, "Error: cannot write: No space left on device\n")


def test_an_interrupt_is_quiet() -> None:
    """The command is stopped while it works."""
    code = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
from claimtrack.cli import main, validate
def work(given):
    print("working", flush=True)
    signal.pause()
validate.chosen = work
main(["validate"])
"""
    command = [sys.executable, "-c", code]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "working\n"
    process.send_signal(signal.SIGINT)
    out, said = process.communicate()
    assert (process.returncode, out, said) == (130, "", "")


ENTRY = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]["claimtrack"]
STARTS = {
    "claimtrack": f"import pkgutil; pkgutil.resolve_name({ENTRY!r})()",
    "python -m claimtrack": "import runpy; runpy.run_module('claimtrack', run_name='__main__')",
}
"""What the installed program does, and Python for it."""

STOPPED = """
import os, signal, sys
class Interrupting:
    def find_spec(self, name, *_):
        if name == "click":
            os.kill(os.getpid(), signal.SIGINT)
sys.argv = ["claimtrack", "--version"]
sys.meta_path.insert(0, Interrupting())
"""
"""Ctrl-C while modules are imported."""


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_an_interrupt_before_the_program_has_begun_is_quiet(start: str) -> None:
    command = [sys.executable, "-c", STOPPED + start]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


@pytest.mark.parametrize("start", STARTS.values(), ids=STARTS)
def test_an_interrupt_that_is_ignored_stays_so(start: str) -> None:
    """As of what a shell without job control runs in the background."""
    ignored = "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    done = subprocess.run([sys.executable, "-c", STOPPED + ignored + start], capture_output=True, text=True, check=True)
    assert done.stdout == f"claimtrack {claimtrack.__version__}\n"


def test_until_interrupts_are_seen_to_nothing_is_imported_that_takes_a_while() -> None:
    code = "import sys, claimtrack.__main__; print(sorted({'click', 'dataclasses', 'typing'} & {*sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(DOCS.parent / "src")},
    )
    assert done.stdout == "[]\n"


AT_WORK = """
import os, signal, sys
from claimtrack.__main__ import main
from claimtrack.cli import validate
def work(given):
    try:
        os.kill(os.getpid(), signal.SIGINT)
    finally:
        print("cleared away", flush=True)
validate.chosen = work
sys.argv = ["claimtrack", "validate"]
try:
    main()
finally:
    os.kill(os.getpid(), signal.SIGINT)
    print("never")
"""


def test_an_interrupt_at_work_lets_all_be_cleared_away_and_one_after_it_is_quiet() -> None:
    done = subprocess.run([sys.executable, "-c", AT_WORK], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "cleared away\n", "")


def test_output_is_utf_8_whatever_the_locale_says(package: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    process = claimtrack_process("timeline", package, env=environment, text=False)
    shown, _ = process.communicate()
    assert "“Ö” bridge" in shown.decode("utf-8")


def test_a_defect_is_reported_without_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    report_defect(KeyError, KeyError("valid\x1b_from"), None)
    said = capsys.readouterr().err
    assert said.startswith("Error: claimtrack itself failed: KeyError: 'valid\\x1b_from'\n")
    assert "CLAIMTRACK_TRACEBACK=1" in said


def test_a_defect_shows_its_traceback_where_asked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLAIMTRACK_TRACEBACK", "1")
    report_defect(KeyError, KeyError("valid_from"), None)
    assert capsys.readouterr().err == "KeyError: 'valid_from'\n"


def test_main_leaves_with_the_exit_code(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    with pytest.raises(SystemExit) as ending:
        main(["--version"])
    assert ending.value.code == 0
    assert sys.excepthook is report_defect
    assert capsys.readouterr().out == f"claimtrack {claimtrack.__version__}\n"
