"""What the commands do with a terminal, a pipe and a file."""

from __future__ import annotations

import io
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import ExportError
from graph.terminal import end_on_interrupt, open_binary_output, open_output, print_table

RAWABIT = [sys.executable, "-W", "error", "-c", "from api.cli import main; main()"]
ROWS = [("أوكرانيا", "a" * 300), ("بلجيكا", None)]


def test_progress_is_shown_on_a_terminal_and_nothing_in_a_pipe(tmp_path: Path) -> None:
    article = tmp_path / "visit.txt"
    article.write_text("زار وزير الدفاع الأوكراني بروكسل.\n", encoding="utf-8")
    command = [*RAWABIT, "extract", str(article), "-o", str(tmp_path / "facts.jsonl")]
    ours, theirs = pty.openpty()
    with subprocess.Popen(command, stderr=theirs, stdout=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        while part := read_terminal(ours):
            shown += part
    os.close(ours)
    assert process.returncode == 0
    assert b"Reading: 1 articles" in shown
    piped = subprocess.run(command, capture_output=True, check=True)
    assert (piped.stdout, piped.stderr) == (b"", b"")


def read_terminal(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 4096)
    except OSError:  # the other end was closed
        return b""


def test_arabic_is_printed_whatever_the_encoding_of_the_terminal() -> None:
    environment = os.environ | {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    result = subprocess.run([*RAWABIT, "queries"], env=environment, capture_output=True, check=True)
    assert "الفاعلين" in result.stdout.decode("utf-8")


def test_reader_that_goes_away_early_gets_no_traceback() -> None:
    with subprocess.Popen([*RAWABIT, "queries"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_table_in_a_file_is_never_cut() -> None:
    stream = io.StringIO()
    print_table(("name", "what [bold]"), ROWS, stream)
    lines = stream.getvalue().splitlines()
    assert any("أوكرانيا" in line and "a" * 300 in line for line in lines)
    assert any("what [bold]" in line for line in lines)


def test_interrupt_ends_the_process_only_while_the_store_answers() -> None:
    before = signal.getsignal(signal.SIGINT)
    with end_on_interrupt():
        assert signal.getsignal(signal.SIGINT) == signal.SIG_DFL
    assert signal.getsignal(signal.SIGINT) == before


def test_output_through_a_link_replaces_what_the_link_points_to(tmp_path: Path) -> None:
    (tmp_path / "target.txt").write_text("old", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("target.txt")
    with open_output(tmp_path / "link.txt") as stream:
        stream.write("جديد\n")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "target.txt").read_bytes() == "جديد\n".encode()


def test_output_keeps_the_old_file_when_writing_fails(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    path.write_bytes(b"old")

    def break_off() -> None:
        with open_binary_output(path) as stream:
            stream.write(b"new")
            raise RuntimeError("midway")

    with pytest.raises(RuntimeError, match="midway"):
        break_off()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_device_that_takes_nothing_is_named() -> None:
    def write() -> None:
        with open_output(Path("/dev/full")) as stream:
            stream.write("جديد\n")

    with pytest.raises(ExportError, match=r"/dev/full cannot be written \(No space left"):
        write()


def test_full_disk_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    path = tmp_path / "out.bin"
    with pytest.raises(ExportError, match=r"out\.bin cannot be written \(No space left"), open_binary_output(path):
        raise OSError(28, "No space left on device")
    assert list(tmp_path.iterdir()) == []
