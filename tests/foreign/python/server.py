"""`cognito serve` on a free port, for as long as a `with` block lasts."""

import json
import os
import pathlib
import re
import subprocess
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]

# The local administrator, as boto3 takes credentials.
ADMINISTRATOR = {
    "region_name": "us-east-1",
    "aws_access_key_id": "local",
    "aws_secret_access_key": "local",
}


class Server:
    def __init__(self, *arguments):
        self.arguments = arguments

    def __enter__(self):
        binary = os.environ.get("COGNITO_BIN", str(ROOT / "target/debug/cognito"))
        self.process = subprocess.Popen(
            [binary, "serve", "--port", "0", *self.arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for line in self.process.stdout:
            if found := re.search(r"listening on (http://\S+)", line):
                self.url = found[1]
                return self
        raise RuntimeError(f"{binary} serve ended with {self.process.wait()}")

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def last_code(self, username):
        """The newest code that was sent to a user."""
        with urllib.request.urlopen(f"{self.url}/_local/outbox") as answer:
            sent = [message for message in json.load(answer) if message["username"] == username]
        return sent[-1]["code"]
