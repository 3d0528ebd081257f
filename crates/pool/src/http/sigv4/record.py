"""Records requests as botocore signs them: `pip install botocore && python3 record.py > vectors.json`.

Nothing is sent. The clock stands still, so that the signatures are the same at every run.
"""

import datetime
import json
import sys
from unittest import mock

import botocore
import botocore.session
from botocore.awsrequest import AWSResponse

NOW = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)
RECORDED_HEADERS = {"authorization", "content-type", "x-amz-date", "x-amz-target", "x-amz-security-token"}


def sign(operation, parameters, *, key="local", secret="local", token=None, region="us-east-1"):
    session = botocore.session.Session()
    session.set_credentials(key, secret, token)
    client = session.create_client("cognito-idp", region_name=region, endpoint_url="http://127.0.0.1:9229")
    sent = []

    def before_send(request, **_):
        sent.append(request)
        return AWSResponse(request.url, 200, {}, mock.Mock(stream=lambda **_: [b"{}"]))

    client.meta.events.register("before-send.cognito-idp", before_send)
    with mock.patch("botocore.auth.get_current_datetime", lambda **_: NOW.replace(tzinfo=None)):
        getattr(client, operation)(**parameters)
    (request,) = sent
    text = lambda value: value.decode() if isinstance(value, bytes) else value
    headers = {name.lower(): text(value) for name, value in request.headers.items()}
    return {
        "headers": {"host": "127.0.0.1:9229"} | {n: v for n, v in headers.items() if n in RECORDED_HEADERS},
        "body": text(request.body),
    }


json.dump(
    {
        "source": f"botocore {botocore.__version__}",
        "unixSeconds": int(NOW.timestamp()),
        "createUserPool": sign("create_user_pool", {"PoolName": "mine, locally"}),
        "otherRegion": sign("list_user_pools", {"MaxResults": 5}, region="eu-west-1"),
        "temporary": sign("list_user_pools", {"MaxResults": 5}, token="session"),
        "wrongKey": sign("list_user_pools", {"MaxResults": 5}, key="AKIDEXAMPLE"),
        "wrongSecret": sign("list_user_pools", {"MaxResults": 5}, secret="guess"),
    },
    sys.stdout,
    indent=2,
)
print()
