"""A mail server that takes everything and counts it, as fast as it can: `python -m bench.sink` prints its port.

It answers each line that it reads with how many mails it took, and to how many addresses.
"""

from __future__ import annotations

import asyncio
import sys

HOST = "127.0.0.1"
ANSWERS = {b"EHLO": b"250-sink\r\n250 8BITMIME\r\n", b"DATA": b"354 Go on\r\n", b"QUIT": b"221 Bye\r\n"}
OK = b"250 OK\r\n"

taken = 0
addresses: set[bytes] = set()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak as much SMTP as a client needs."""
    global taken  # noqa: PLW0603
    writer.write(b"220 sink\r\n")
    while line := await reader.readline():
        command = line[:4].upper()
        writer.write(ANSWERS.get(command, OK))
        if command == b"RCPT":
            addresses.add(line.split(b"<")[1].split(b">")[0])
        elif command == b"DATA":
            await writer.drain()
            await reader.readuntil(b"\r\n.\r\n")
            taken += 1
            writer.write(OK)
        elif command == b"QUIT":
            break
        await writer.drain()
    writer.close()


async def main() -> None:
    """Serve, and answer whoever asks, until they go."""
    server = await asyncio.start_server(serve, HOST, 0, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(taken, len(addresses), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
