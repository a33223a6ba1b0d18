"""Processes that begin with claimtrack imported, which takes most of their time: each is a fork of one that has it.

A call has arguments, environment, folder, streams, exit code and end of its own, as any process. Limits on what it may
use are set inside of it: it does not take over those of who asks. What only a real start can show (the import, an
interrupt, how streams are opened) is tested with real starts elsewhere.
"""

from __future__ import annotations

import atexit
import marshal
import os
import select
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import gettempdir, mkdtemp

HEAD = 4
"""Bytes in which the length of a call is given, and the exit code that answers it."""
WAIT = 0.01
"""Seconds after which one looks again whether a call has ended."""
NO_ANSWER = 255
"""The exit code where nothing says how a call ended: claimtrack has no such code, and git takes it for no conflict."""
LONGEST = 80
"""Bytes that the path of a folder may have in which a socket is: the system allows some hundred for both."""


@cache
def address() -> str:
    """The socket of the process that forks; it lives as long as this one."""
    path = f"{mkdtemp(dir=None if len(os.fsencode(gettempdir())) < LONGEST else '/tmp')}/socket"
    # One thread: what a library's threads hold when a process is forked is never let go.
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    server = subprocess.Popen(
        [sys.executable, "-W", "error", __file__, "serve", path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    )
    assert server.stdout is not None
    assert server.stdout.read(5) == b"ready", "the process that forks did not start"
    atexit.register(server.communicate)
    return path


def words(path: Path) -> str:
    """What begins a call of claimtrack in a shell; the script at `path` says to be it."""
    return shlex.join([*_CLIENT, address(), str(path)])


def script(path: Path) -> str:
    """A script of the shell that is claimtrack, to be written to `path`."""
    return f'#!/bin/sh\nexec {words(path)} "$@"\n'


def python(code: str, *arguments: object) -> list[str]:
    """A command that runs lines of Python, which find claimtrack imported."""
    return [*_CLIENT, address(), "-c", code, *map(str, arguments)]


_CLIENT = [sys.executable, "-I", "-S", __file__, "call"]


def call(path: str, arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """The exit code of a call, whose streams are those of this process; below zero the signal that ended it."""
    said = marshal.dumps((list(arguments), str(Path.cwd()), dict(environment)))
    with socket.socket(socket.AF_UNIX) as server:
        server.connect(path)
        socket.send_fds(server, [len(said).to_bytes(HEAD, "big")], [0, 1, 2])
        server.sendall(said)
        code = server.recv(HEAD, socket.MSG_WAITALL)
    if len(code) < HEAD:
        raise ConnectionError
    return int.from_bytes(code, "big", signed=True)


def serve(path: str) -> None:
    """Fork for every call, until the process that started this one has gone."""
    import gc
    import importlib
    import pkgutil
    import shutil
    import warnings

    import pandas
    import pandera.pandas as pandera

    import claimtrack

    for module in pkgutil.walk_packages(claimtrack.__path__, "claimtrack."):
        if not module.name.startswith("claimtrack.spark"):
            importlib.import_module(module.name)
    # What is imported late, some of it by the first table that pandera looks at.
    importlib.import_module("jsonschema")
    pandera.DataFrameSchema().validate(pandas.DataFrame())
    gc.collect()
    gc.freeze()
    warnings.filterwarnings("ignore", "This process .* is multi-threaded", DeprecationWarning)  # by jemalloc's thread
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(path)
        listening.listen()
        os.write(1, b"ready")
        while sys.stdin not in select.select([listening, sys.stdin], [], [])[0]:
            connection, _ = listening.accept()
            with connection:
                if not os.fork():
                    listening.close()
                    answer(connection)
                    return
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
    shutil.rmtree(Path(path).parent)


def answer(connection: socket.socket) -> None:
    """Do what is asked for in a process of its own, and say how it ended."""
    head, streams, _, _ = socket.recv_fds(connection, HEAD, 3)
    with connection.makefile("rb") as file:
        arguments, folder, environment = marshal.loads(file.read(int.from_bytes(head, "big")))
    worker = os.fork()
    if worker:
        code = waited_for(worker, connection)
        with suppress(BrokenPipeError):
            connection.sendall(code.to_bytes(HEAD, "big", signed=True))
        os._exit(0)
    connection.close()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = (os.fdopen(at, mode, encoding="utf-8", closefd=False) for at, mode in enumerate("rw"))
    sys.stderr = os.fdopen(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = arguments
    if sys.argv[0] == "-c":
        _, code, *rest = arguments
        sys.argv = ["-c", *rest]
        exec(compile(code, "<call>", "exec"), {"__name__": "__main__"})
    else:
        from claimtrack.__main__ import main

        main()


def waited_for(worker: int, connection: socket.socket) -> int:
    """How a process ended; it is killed if who asked for it has gone."""
    while True:
        ended, status = os.waitpid(worker, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        if select.select([connection], [], [], WAIT)[0]:
            os.kill(worker, signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        try:
            code = call(sys.argv[2], sys.argv[3:], os.environ)
        except ConnectionError:
            print("Nothing says how the call ended.", file=sys.stderr)
            code = NO_ANSWER
        if code < 0:
            if code != -signal.SIGKILL:
                signal.signal(-code, signal.SIG_DFL)
            os.kill(os.getpid(), -code)
        sys.exit(code)
