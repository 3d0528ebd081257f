"""Calls every operation of the API with valid input, with each required member missing, with each constraint broken,
and with what nobody has; and holds each answer to the model: its shape, its declared errors.

Prints the share of cases that pass, and fails if it is below that of ratchet.json. `run.py Operation ...` runs some
operations and prints each case that does not pass; `run.py --raise` writes the ratchet anew if the share has risen.
"""

import json
import pathlib
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

import values
from cases import cases
from stage import Stage

sys.path.append(str(pathlib.Path(__file__).parent.with_name("python")))
from server import ADMINISTRATOR, Server  # noqa: E402

RATCHET = pathlib.Path(__file__).with_name("ratchet.json")


def main(arguments):
    chosen = [argument for argument in arguments if not argument.startswith("--")]
    with Server("--fixed-code", "123456") as server:
        suite = Suite(client(server))
        model = suite.idp.meta.service_model
        for name in chosen or model.operation_names:
            suite.run(model.operation_model(name))
    share = suite.share()
    print(f"conformance: {suite.passed} of {suite.passed + len(suite.failures)} cases pass ({share} %)")
    if chosen:
        print("\n".join(suite.failures))
        return bool(suite.failures)
    least = json.loads(RATCHET.read_text())["share"]
    if "--raise" in arguments and share > least:
        RATCHET.write_text(json.dumps({"share": share}) + "\n")
    if share < least:
        print("\n".join(suite.failures))
        print(f"conformance: the share was {least} % before")
        return True
    return False


def client(server):
    """boto3's client, which sends what it is given: the server is to find what is wrong with it."""
    unchecked = Config(parameter_validation=False, retries={"total_max_attempts": 1}, max_pool_connections=1)
    return boto3.client("cognito-idp", endpoint_url=server.url, config=unchecked, **ADMINISTRATOR)


class Suite:
    def __init__(self, idp):
        self.idp = idp
        self.passed = 0
        self.failures = []
        idp.meta.events.register("before-parse.cognito-idp.*", self.keep_body)

    def keep_body(self, response_dict, **_):
        self.body = response_dict["body"]

    def run(self, operation):
        try:
            # Cases that are prepared one after the other find what the ones before left.
            for case in cases(operation, Stage(self.idp)):
                self.judge(operation, case)
        except (ClientError, BotoCoreError) as error:
            self.failures.append(f"{operation.name}: not prepared: {error}")

    def judge(self, operation, case):
        wrong = self.wrong(operation, case)
        if wrong is None:
            self.passed += 1
        else:
            self.failures.append(f"{operation.name} {case.what}: {wrong}")

    def wrong(self, operation, case):
        """What is wrong with the answer, or nothing."""
        try:
            self.idp._make_api_call(operation.name, case.input)
        except ClientError as error:
            code, text = error.response["Error"]["Code"], error.response["Error"]["Message"]
            return None if code in case.errors and case.text in text else f"{code}: {text}"
        except BotoCoreError as error:
            return f"not parsed: {error}"
        if not case.success:
            return "succeeded"
        if operation.output_shape is None:
            return None
        return values.misfit(operation.output_shape, json.loads(self.body))

    def share(self):
        """In percent, cut off after two places."""
        return self.passed * 10_000 // (self.passed + len(self.failures)) / 100


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
