"""The AWS CLI, as it is typed: its own credentials, paging, filters, output formats, exit codes and texts."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

from conftest import PASSWORD, forged

AWS = pathlib.Path(sys.executable).with_name("aws")


@pytest.fixture(scope="module")
def aws(server, tmp_path_factory):
    """`aws cognito-idp ...`; gives what it prints, from JSON unless it is asked for another output."""
    home = tmp_path_factory.mktemp("home")
    environment = {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": server.url,
        "AWS_EC2_METADATA_DISABLED": "true",
    }

    def run(*arguments, **changes):
        done = subprocess.run(
            [AWS, "cognito-idp", *arguments],
            env={**environment, **changes},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise Failed(done.returncode, done.stderr.strip())
        return json.loads(done.stdout) if done.stdout.startswith("{") else done.stdout

    return run


class Failed(Exception):
    def __init__(self, code, text):
        super().__init__(code, text)
        self.code, self.text = code, text


def refused(error, operation, code, message):
    assert error.value.code == 255
    assert f"An error occurred ({code}) when calling the {operation} operation: {message}" in error.value.text


def test_an_administrator_and_the_user_they_invite(aws):
    pool = aws("create-user-pool", "--pool-name", "typed", "--auto-verified-attributes", "email")["UserPool"]["Id"]
    in_pool = ["--user-pool-id", pool]
    client = aws(
        "create-user-pool-client", *in_pool, "--client-name", "typed",
        "--explicit-auth-flows", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH",
        "--query", "UserPoolClient.ClientId", "--output", "text",
    ).strip()  # fmt: skip
    email = "Name=email,Value=ann@example.com"
    aws("admin-create-user", *in_pool, "--username", "ann", "--temporary-password", PASSWORD,
        "--user-attributes", email, "Name=email_verified,Value=true")  # fmt: skip
    with pytest.raises(Failed) as error:
        aws("admin-create-user", *in_pool, "--username", "ann")
    refused(error, "AdminCreateUser", "UsernameExistsException", "User account already exists")

    # A user's own calls need no key.
    by_client = ["--client-id", client, "--no-sign-request"]
    sign_in = ["initiate-auth", *by_client, "--auth-flow", "USER_PASSWORD_AUTH", "--auth-parameters"]
    with pytest.raises(Failed) as error:
        aws(*sign_in, "USERNAME=ann,PASSWORD=Wrong-horse-7")
    refused(error, "InitiateAuth", "NotAuthorizedException", "Incorrect username or password.")
    challenge = aws(*sign_in, f"USERNAME=ann,PASSWORD={PASSWORD}")
    assert challenge["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    respond = [
        "respond-to-auth-challenge", *by_client, "--challenge-name", "NEW_PASSWORD_REQUIRED",
        "--session", challenge["Session"],
        "--challenge-responses", "USERNAME=ann,NEW_PASSWORD=Battery-staple-8",
    ]  # fmt: skip
    tokens = aws(*respond)["AuthenticationResult"]
    with pytest.raises(Failed) as error:
        aws(*respond)
    used = "Invalid session for the user, session can only be used once."
    refused(error, "RespondToAuthChallenge", "NotAuthorizedException", used)

    user = aws("get-user", "--no-sign-request", "--access-token", tokens["AccessToken"])
    assert user["Username"] == "ann"
    for other in forged(tokens["AccessToken"]):
        with pytest.raises(Failed) as error:
            aws("get-user", "--no-sign-request", "--access-token", other)
        refused(error, "GetUser", "NotAuthorizedException", "Invalid Access Token")
    fresh = aws("initiate-auth", *by_client, "--auth-flow", "REFRESH_TOKEN_AUTH",
                "--auth-parameters", f"REFRESH_TOKEN={tokens['RefreshToken']}")  # fmt: skip
    assert fresh["AuthenticationResult"]["ExpiresIn"] == 3600
    aws("global-sign-out", "--no-sign-request", "--access-token", tokens["AccessToken"])
    with pytest.raises(Failed) as error:
        aws("get-user", "--no-sign-request", "--access-token", fresh["AuthenticationResult"]["AccessToken"])
    refused(error, "GetUser", "NotAuthorizedException", "Access Token has been revoked")


def test_lists_groups_and_what_is_deleted(aws, new_pool):
    pool = new_pool()
    in_pool = ["--user-pool-id", pool.id]
    for name in ["ann", "bea", "bob", "cid", "dan"]:
        pool.confirmed(name)

    # The CLI's own paging: two requests for what it is asked at once, and its own token for the rest.
    first = aws("list-users", *in_pool, "--page-size", "2", "--max-items", "3")
    assert len(first["Users"]) == 3
    rest = aws("list-users", *in_pool, "--page-size", "2", "--starting-token", first["NextToken"])
    assert "NextToken" not in rest
    names = [user["Username"] for user in first["Users"] + rest["Users"]]
    assert sorted(names) == ["ann", "bea", "bob", "cid", "dan"]
    found = aws("list-users", *in_pool, "--filter", 'username ^= "b"', "--query", "Users[].Username", "--output", "text")
    assert found.split() == ["bea", "bob"]
    table = aws("list-users", *in_pool, "--filter", 'email = "cid@example.com"', "--output", "table")
    assert "cid@example.com" in table and "ann@example.com" not in table
    with pytest.raises(Failed) as error:
        aws("list-users", *in_pool, "--filter", "email = cid")
    refused(error, "ListUsers", "InvalidParameterException", "")

    aws("create-group", *in_pool, "--group-name", "readers", "--description", "Who reads")
    for name in ["bea", "bob"]:
        aws("admin-add-user-to-group", *in_pool, "--group-name", "readers", "--username", name)
    members = aws("list-users-in-group", *in_pool, "--group-name", "readers", "--page-size", "1")
    assert [user["Username"] for user in members["Users"]] == ["bea", "bob"]
    aws("admin-delete-user", *in_pool, "--username", "bob")
    members = aws("list-users-in-group", *in_pool, "--group-name", "readers")
    assert [user["Username"] for user in members["Users"]] == ["bea"]
    aws("delete-group", *in_pool, "--group-name", "readers")
    with pytest.raises(Failed) as error:
        aws("get-group", *in_pool, "--group-name", "readers")
    refused(error, "GetGroup", "ResourceNotFoundException", "")

    aws("delete-user-pool", *in_pool)
    with pytest.raises(Failed) as error:
        aws("describe-user-pool", *in_pool)
    missing = f"User pool {pool.id} does not exist."
    refused(error, "DescribeUserPool", "ResourceNotFoundException", missing)


def test_administration_needs_the_right_key(aws):
    for changes, code in [
        ({"AWS_SECRET_ACCESS_KEY": "guess"}, "InvalidSignatureException"),
        ({"AWS_ACCESS_KEY_ID": "AKIASTRANGER"}, "UnrecognizedClientException"),
    ]:
        with pytest.raises(Failed) as error:
            aws("list-user-pools", "--max-results", "5", **changes)
        refused(error, "ListUserPools", code, "")
    with pytest.raises(Failed) as error:
        aws("list-user-pools", "--max-results", "5", "--no-sign-request")
    refused(error, "ListUserPools", "MissingAuthenticationTokenException", "Missing Authentication Token")
