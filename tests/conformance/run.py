#!/usr/bin/env python3
"""Runs the cases of this folder through every client package that is built, through a client that is made from the API
of the last release, and through the command line.

  tests/conformance/run.py CROSSFOOT [--client=NAME]... [--case=NAME]... [--update]

CROSSFOOT is the program; it serves and is one of the clients.  README.md says what a case is.  Each client has servers
of its own, on free ports of 127.0.0.1, so that none sees what another has stored.  Prints each case that failed or was
skipped, then a table of clients, then "N passed, N failed, N skipped".  Exits 0 when nothing failed, 1 otherwise, 2
when it could not run.

--update does not judge but fills `responses` of the cases that expect no error with what the Python client gets.
"""

import argparse
import contextlib
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

LOCAL = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever the environment says of proxies
HERE = Path(__file__).resolve().parent
CLIENTS = HERE.parent.parent / "clients"
RELEASED = HERE.parent.parent / "proto" / "released"  # the image of the last release
RUN_SECONDS = 600  # longest that one client may take for all cases
START_SECONDS = 30
SHOWN = 2000  # characters of a line that says how a case failed
CUT_BYTES = 8192  # how much of responses the proxy "cut" lets through


class CannotRun(Exception):
    """Why nothing could be judged."""


# --- Servers ---


def run_quietly(*command: str, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    if done.returncode:
        raise CannotRun(f"{' '.join(command)}: {done.stderr}")
    return done.stdout


def make_certificates(folder: Path) -> None:
    """Writes ca.pem and other_ca.pem and, issued by ca for localhost, PEM and key of server, client and expired."""

    def openssl(*words: str) -> None:
        run_quietly("openssl", *words, cwd=folder)

    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc")
    for name in ("ca", "other_ca"):
        openssl(
            "req", "-x509", *key, "-keyout", f"{name}.key", "-out", f"{name}.pem", "-days", "1", "-subj", f"/CN={name}"
        )
    (folder / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n")
    for name, days in (("server", "1"), ("client", "1"), ("expired", "-1")):
        openssl("req", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
            *("-days", days, "-extfile", "names", "-out", f"{name}.pem"),
        )


def make_token(crossfoot: str, folder: Path) -> tuple[str, str]:
    """A token and its digest."""
    printed = run_quietly(crossfoot, "config", "token", "conformance", cwd=folder)
    comment, entry = printed.split("\n", 1)
    return comment.rsplit(": ", 1)[1], entry.split('token_sha256: "')[1].split('"')[0]


def tls(name: str, more: str = "") -> str:
    return f'tls {{ certificate_file: "{name}.pem" private_key_file: "{name}.key" {more} }}'


# What each server is configured with besides where it listens.
CONFIGURATIONS = {
    "plain": "",
    "token": 'clients_file: "token.textproto"',
    "quota": 'clients_file: "quota.textproto"',
    "reader": 'clients_file: "reader.textproto"',
    "tls": tls("server"),
    "mtls": tls("server", 'client_ca_file: "ca.pem"'),
    "expired": tls("expired"),
    "limited": "limits { max_document_bytes: 20000 max_figures: 20 }",
    "hurried": "limits { max_call_ms: 1 }",
    "busy": 'limits { max_calls: 1 max_call_ms: 3600000 } http { listen_address: "127.0.0.1:0" }',
    "full": 'store { file: "full.sqlite" max_bytes: 1048576 } http { listen_address: "127.0.0.1:0" }',
    "broken": 'store { file: "broken.sqlite" }',
}

# What the client of each file of clients may do.
CLIENT_FILES = {
    "token": "roles: ROLE_VALIDATE roles: ROLE_WRITE roles: ROLE_READ",
    "quota": "roles: ROLE_VALIDATE calls_per_minute: 1",
    "reader": "roles: ROLE_VALIDATE roles: ROLE_READ",
}


class Fixture:
    """All servers of one run of one client, and the file that tells it of them."""

    def __init__(self, crossfoot: str, folder: Path) -> None:
        self.crossfoot = crossfoot
        self.folder = folder
        self.cleanup = contextlib.ExitStack()
        self.file = folder / "servers.json"

    def __enter__(self) -> "Fixture":
        with contextlib.ExitStack() as cleanup:
            self.cleanup = cleanup
            make_certificates(self.folder)
            good, digest = make_token(self.crossfoot, self.folder)
            wrong, _ = make_token(self.crossfoot, self.folder)
            for name, rights in CLIENT_FILES.items():
                text = f'clients {{ name: "conformance" token_sha256: "{digest}" {rights} }}\n'
                (self.folder / f"{name}.textproto").write_text(text)
            ports = self.start_servers()
            (self.folder / "broken.sqlite").unlink()
            servers: dict[str, dict[str, str]] = {name: {"target": f"127.0.0.1:{port}"} for name, port in ports.items()}
            for name in ("tls", "mtls", "expired"):
                servers[name] = {"target": f"localhost:{ports[name]}", "ca_file": str(self.folder / "ca.pem")}
            servers["mtls"]["certificate_file"] = str(self.folder / "client.pem")
            servers["mtls"]["key_file"] = str(self.folder / "client.key")
            # The same servers as others may come to them.
            servers["mtls_anonymous"] = servers["tls"] | {"target": servers["mtls"]["target"]}
            servers["tls_untrusted"] = servers["tls"] | {"ca_file": str(self.folder / "other_ca.pem")}
            servers["tls_plaintext"] = {"target": f"127.0.0.1:{ports['tls']}"}
            for name, port in (
                ("unreachable", self.reserve_port()),
                ("silent", self.start_silent()),
                ("cut", self.start_cut(ports["plain"])),
            ):
                servers[name] = {"target": f"127.0.0.1:{port}"}
            self.file.write_text(json.dumps({"token": {"good": good, "wrong": wrong}, "servers": servers}, indent=2))
            self.cleanup = cleanup.pop_all()
        return self

    def __exit__(self, *unused: object) -> None:
        self.cleanup.close()

    def start_servers(self) -> dict[str, int]:
        processes = {}
        for name, more in CONFIGURATIONS.items():
            file = self.folder / f"{name}.server.textproto"
            file.write_text(f'grpc {{ listen_address: "127.0.0.1:0" }}\n{more}\n')
            log = self.cleanup.enter_context(open(self.folder / f"{name}.log", "w"))
            processes[name] = subprocess.Popen(
                [self.crossfoot, "serve", f"--config={file}"], stdout=subprocess.PIPE, stderr=log, text=True
            )
            self.cleanup.callback(stop, processes[name])
        ports = {name: self.read_port(name, process) for name, process in processes.items()}
        self.occupy(self.read_port("busy", processes["busy"]))
        self.fill(self.read_port("full", processes["full"]))
        return ports

    def read_port(self, name: str, process: subprocess.Popen[str]) -> int:
        """The port of the next line that says where the server listens: gRPC, then HTTP."""
        timer = threading.Timer(START_SECONDS, process.kill)
        timer.start()
        line = process.stdout.readline()
        timer.cancel()
        if not line.startswith("listening on "):
            raise CannotRun(f"the server {name} does not start: {(self.folder / f'{name}.log').read_text()}")
        return int(line.rsplit(":", 1)[1])

    def occupy(self, port: int) -> None:
        """Takes the one place of the server "busy" until the end, by a call over HTTP whose body comes slowly."""
        request = b"POST /v1/documents:validate HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n"
        connection = self.cleanup.enter_context(socket.create_connection(("127.0.0.1", port)))
        connection.sendall(request)

        def drip() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection.sendall(b" ")
                    time.sleep(1)

        threading.Thread(target=drip, daemon=True).start()
        for _ in range(10 * START_SECONDS):
            with LOCAL.open(f"http://127.0.0.1:{port}/metrics") as metrics:
                if b"\ncrossfoot_calls_in_work 1\n" in metrics.read():
                    return
            time.sleep(0.1)
        raise CannotRun("the server busy has no call in work")

    def fill(self, port: int) -> None:
        """Stores documents in the server "full", large ones and then small ones, until it takes no more."""
        lines = 5000
        while lines > 0:
            document = json.dumps({"text": "全国收入2463亿元。\n" * lines}).encode()
            try:
                LOCAL.open(f"http://127.0.0.1:{port}/v1/documents", document).close()
            except urllib.error.HTTPError as error:
                with error:
                    if b'"STORE_FULL"' not in error.read():
                        raise
                lines //= 2

    def bind(self) -> socket.socket:
        listener = self.cleanup.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        return listener

    def reserve_port(self) -> int:
        """A port that nobody else can take and that refuses connections: it is bound, and nobody listens."""
        return self.bind().getsockname()[1]

    def serve(self, handle) -> int:
        """Calls `handle` with each connection, in a thread of its own, until the end."""
        listener = self.bind()
        listener.listen()

        def accept() -> None:
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=handle, args=(listener.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        # close() alone would leave accept() where it waits.
        self.cleanup.callback(listener.shutdown, socket.SHUT_RDWR)
        return listener.getsockname()[1]

    def start_silent(self) -> int:
        def handle(connection: socket.socket) -> None:
            with connection, contextlib.suppress(OSError):
                while connection.recv(65536):
                    pass

        return self.serve(handle)

    def start_cut(self, port: int) -> int:
        def forward(source: socket.socket, target: socket.socket, most: float) -> None:
            with contextlib.suppress(OSError):
                while most > 0 and (piece := source.recv(int(min(most, 65536)))):
                    target.sendall(piece)
                    most -= len(piece)
            for end in (source, target):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

        def handle(connection: socket.socket) -> None:
            with connection, socket.create_connection(("127.0.0.1", port)) as server:
                back = threading.Thread(target=forward, args=(server, connection, CUT_BYTES))
                back.start()
                forward(connection, server, float("inf"))
                back.join()

        return self.serve(handle)


def stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


# --- Clients ---


def built_clients(crossfoot: str) -> dict[str, list[str]]:
    """What runs the cases through each client."""
    clients = {path.parent.name: [str(path)] for path in sorted(CLIENTS.glob("*/conformance.sh"))}
    if "python" in clients:
        clients["python-async"] = [*clients["python"], "--async"]
        clients["release"] = [*clients["python"], *(f"--release={image}" for image in RELEASED.glob("*.binpb"))]
    return clients | {"cli": [sys.executable, str(HERE / "cli_runner.py"), f"--crossfoot={crossfoot}"]}


def run_client(command: list[str], crossfoot: str, cases: Path) -> tuple[int, str]:
    """How the client ended and what it printed."""
    with tempfile.TemporaryDirectory() as folder, Fixture(crossfoot, Path(folder)) as fixture:
        try:
            done = subprocess.run(
                [*command, f"--servers={fixture.file}", f"--cases={cases}"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                text=True,
                timeout=RUN_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            printed = error.stdout or b""
            return 124, printed.decode(errors="replace") if isinstance(printed, bytes) else printed
        return done.returncode, done.stdout


def judge(name: str, status: int, printed: str, cases: set[str]) -> dict[str, int]:
    """Counts of the client `name`; prints what is not ok.  A case without its line has failed."""
    verdicts = {}
    for line in printed.splitlines():
        verdict, _, rest = line.partition(" ")
        case = rest.split(":")[0]
        if verdict not in ("ok", "skip", "FAIL") or case not in cases:
            continue
        verdicts[case] = verdict
        if verdict != "ok":
            print(f"{name}: {line if len(line) <= SHOWN else line[:SHOWN] + '…'}")
    if missing := sorted(cases - verdicts.keys()):
        print(f"{name}: FAIL {missing[0]} and {len(missing) - 1} more: not come to, exit status {status}")
    values = [*verdicts.values(), *("FAIL" for _ in missing)]
    counts = {"passed": values.count("ok"), "failed": values.count("FAIL"), "skipped": values.count("skip")}
    if (status != 0) != (counts["failed"] > 0):
        print(f"{name}: FAIL: the exit status is {status}")
        counts["failed"] += 1
    return counts


def update(crossfoot: str, cases: Path, names: set[str]) -> None:
    command = [str(CLIENTS / "python" / "conformance.sh"), "--responses"]
    status, printed = run_client(command, crossfoot, cases)
    if status not in (0, 1):
        raise CannotRun("the Python client cannot run the cases")
    for line in printed.splitlines():
        verdict, _, rest = line.partition(" ")
        name, _, came = rest.partition(": ")
        if verdict != "FAIL" or name not in names:
            continue
        path = HERE / "cases" / f"{name}.json"
        case, got = json.loads(path.read_text("utf-8")), json.loads(came)
        if "responses" not in got or "error" in case:
            print(f"{name} is as it was; it got {came}")
            continue
        case["responses"] = got["responses"]
        path.write_text(json.dumps(case, ensure_ascii=False, indent=2) + "\n", "utf-8")
        print(f"{name} is updated; read what is expected now")


def main() -> int:
    parser = argparse.ArgumentParser(allow_abbrev=False)
    parser.add_argument("crossfoot", type=Path)
    parser.add_argument("--client", action="append", default=[])
    parser.add_argument("--case", action="append", default=[])
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    crossfoot = str(arguments.crossfoot.resolve())
    clients = built_clients(crossfoot)
    with tempfile.TemporaryDirectory() as folder:
        cases = Path(folder)
        paths = {path.stem: path for path in (HERE / "cases").glob("*.json")}
        if unknown := [name for name in arguments.case if name not in paths] + [
            name for name in arguments.client if name not in clients
        ]:
            raise CannotRun(f"no case or client is called {unknown[0]}")
        names = set(arguments.case or paths)
        for name in names:
            shutil.copy(paths[name], cases)
        if arguments.update:
            update(crossfoot, cases, names)
            return 0
        counts = {}
        for name in arguments.client or clients:
            print(f"== {name}", flush=True)
            counts[name] = judge(name, *run_client(clients[name], crossfoot, cases), names)
    print(f"\n{'client':14}{'passed':>8}{'failed':>8}{'skipped':>8}")
    for name, row in counts.items():
        print(f"{name:14}{row['passed']:8}{row['failed']:8}{row['skipped']:8}")
    total = {key: sum(row[key] for row in counts.values()) for key in ("passed", "failed", "skipped")}
    print(f"{total['passed']} passed, {total['failed']} failed, {total['skipped']} skipped")
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (CannotRun, OSError) as error:
        print(f"run.py: {error}", file=sys.stderr)
        sys.exit(2)
