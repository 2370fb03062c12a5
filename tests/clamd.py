"""The tests' stand-in for a virus scanner: speaks clamd's protocol on TCP and knows the EICAR sample.

`python tests/clamd.py PORT [MODE]` prints `ready PORT`. Modes: normal; dies (hangs up in mid-stream); babbles (a
reply that means nothing); limit (says that the stream is too long); silent (never answers).
"""

from __future__ import annotations

import socketserver
import struct
import sys
import time

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SIGNATURE = "Eicar-Test-Signature"


class Handler(socketserver.StreamRequestHandler):
    """One connection: one command, one answer."""

    def handle(self) -> None:
        command = self._until_nul()
        if command == b"zPING":
            self._say("PONG")
        elif command == b"zVERSION":
            self._say("ClamAV 1.4.2/27500/stand-in")
        elif command == b"zINSTREAM":
            self._scan(sys.argv[2] if len(sys.argv) > 2 else "normal")
        else:
            self._say("UNKNOWN COMMAND")

    def _scan(self, mode: str) -> None:
        found, tail = False, b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            if mode == "dies":
                return
            piece = self.rfile.read(length)
            found = found or EICAR in tail + piece
            tail = piece[-len(EICAR) :]
        if mode == "silent":
            time.sleep(60)
        elif mode == "babbles":
            self._say("HTTP/1.1 200 OK")
        elif mode == "limit":
            self._say("INSTREAM size limit exceeded. ERROR")
        else:
            self._say(f"stream: {SIGNATURE} FOUND" if found else "stream: OK")

    def _until_nul(self) -> bytes:
        command = b""
        while not command.endswith(b"\0"):
            byte = self.rfile.read(1)
            if not byte:
                return command
            command += byte
        return command[:-1]

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\0")


class Server(socketserver.ThreadingTCPServer):
    """May take the port of one that was just killed."""

    allow_reuse_address = True
    daemon_threads = True


if __name__ == "__main__":
    with Server(("127.0.0.1", int(sys.argv[1])), Handler) as server:
        print("ready", server.server_address[1], flush=True)
        server.serve_forever()
