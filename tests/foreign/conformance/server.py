"""`cognito serve` on a free port, for as long as a `with` block lasts."""

import os
import pathlib
import re
import subprocess

import boto3
from botocore.config import Config

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Server:
    def __enter__(self):
        binary = os.environ.get("COGNITO_BIN", str(ROOT / "target/debug/cognito"))
        self.process = subprocess.Popen(
            [binary, "serve", "--port", "0", "--fixed-code", "123456"],
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

    def client(self):
        """boto3's client, which sends what it is given: the server is to find what is wrong with it."""
        return boto3.client(
            "cognito-idp",
            endpoint_url=self.url,
            region_name="us-east-1",
            aws_access_key_id="local",
            aws_secret_access_key="local",
            config=Config(parameter_validation=False, retries={"total_max_attempts": 1}, max_pool_connections=1),
        )
