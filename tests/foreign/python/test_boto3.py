"""boto3: an administrator's day and a user's life."""

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError

from conftest import PASSWORD, forged
from server import ADMINISTRATOR


def refusal(error):
    return error.value.response["Error"]["Code"]


def test_administration_needs_the_right_key(server, idp, new_pool):
    pool = new_pool()
    for credentials, code in [
        ({"config": Config(signature_version=UNSIGNED)}, "MissingAuthenticationTokenException"),
        ({"aws_secret_access_key": "guess"}, "InvalidSignatureException"),
        ({"aws_access_key_id": "AKIASTRANGER"}, "UnrecognizedClientException"),
    ]:
        stranger = boto3.client("cognito-idp", endpoint_url=server.url, **{**ADMINISTRATOR, **credentials})
        with pytest.raises(ClientError) as error:
            stranger.delete_user_pool(UserPoolId=pool.id)
        assert refusal(error) == code
        stranger.close()
    assert idp.describe_user_pool(UserPoolId=pool.id)["UserPool"]["Name"] == "journey"


def test_a_wrong_password_and_a_forged_token_are_refused(idp, new_pool):
    pool = new_pool()
    pool.confirmed("ann")
    with pytest.raises(idp.exceptions.NotAuthorizedException) as error:
        sign_in(idp, pool, "ann", "Wrong-horse-7")
    assert error.value.response["Error"]["Message"] == "Incorrect username or password."
    with pytest.raises(idp.exceptions.UserNotFoundException):
        sign_in(idp, pool, "nobody", PASSWORD)
    token = sign_in(idp, pool, "ann", PASSWORD)["AccessToken"]
    for other in forged(token):
        with pytest.raises(idp.exceptions.NotAuthorizedException):
            idp.get_user(AccessToken=other)
        with pytest.raises(idp.exceptions.NotAuthorizedException):
            idp.delete_user(AccessToken=other)
    assert idp.get_user(AccessToken=token)["Username"] == "ann"


def test_an_administrators_day(idp, new_pool):
    pool = new_pool()
    names = [f"user{number:02}" for number in range(12)]
    for name in names:
        pool.confirmed(name)

    everybody = idp.get_paginator("list_users").paginate(UserPoolId=pool.id, PaginationConfig={"PageSize": 5})
    pages = [[user["Username"] for user in page["Users"]] for page in everybody]
    assert [len(page) for page in pages] == [5, 5, 2]
    assert sorted(sum(pages, [])) == names
    found = idp.list_users(UserPoolId=pool.id, Filter='email ^= "user1"', AttributesToGet=["email"])["Users"]
    assert [user["Attributes"] for user in found] == [
        [{"Name": "email", "Value": f"user1{number}@example.com"}] for number in (0, 1)
    ]

    role = "arn:aws:iam::123456789012:role/readers"
    idp.create_group(UserPoolId=pool.id, GroupName="readers", Precedence=5, RoleArn=role)
    idp.create_group(UserPoolId=pool.id, GroupName="admins", Precedence=1)
    for group in ["readers", "admins"]:
        idp.admin_add_user_to_group(UserPoolId=pool.id, GroupName=group, Username="user03")
    paginator = idp.get_paginator("admin_list_groups_for_user")
    pages = paginator.paginate(UserPoolId=pool.id, Username="user03", PaginationConfig={"PageSize": 1})
    assert sorted(pages.search("Groups[].GroupName")) == ["admins", "readers"]
    tokens = sign_in(idp, pool, "user03", PASSWORD)
    claims = pool.claims(tokens["IdToken"])
    assert claims["cognito:groups"] == ["admins", "readers"]
    assert claims["cognito:roles"] == [role]
    assert pool.claims(tokens["AccessToken"])["cognito:groups"] == ["admins", "readers"]

    idp.admin_disable_user(UserPoolId=pool.id, Username="user03")
    assert not idp.admin_get_user(UserPoolId=pool.id, Username="user03")["Enabled"]
    with pytest.raises(idp.exceptions.NotAuthorizedException):
        idp.get_user(AccessToken=tokens["AccessToken"])
    with pytest.raises(idp.exceptions.NotAuthorizedException):
        sign_in(idp, pool, "user03", PASSWORD)
    idp.admin_enable_user(UserPoolId=pool.id, Username="user03")
    idp.admin_update_user_attributes(
        UserPoolId=pool.id, Username="user03", UserAttributes=[{"Name": "name", "Value": "Zoë"}]
    )
    assert pool.claims(sign_in(idp, pool, "user03", PASSWORD)["IdToken"])["name"] == "Zoë"

    with pytest.raises(idp.exceptions.UsernameExistsException):
        idp.admin_create_user(UserPoolId=pool.id, Username="user03")
    idp.admin_delete_user(UserPoolId=pool.id, Username="user03")
    with pytest.raises(idp.exceptions.UserNotFoundException):
        idp.admin_get_user(UserPoolId=pool.id, Username="user03")
    idp.delete_user_pool(UserPoolId=pool.id)
    with pytest.raises(idp.exceptions.ResourceNotFoundException):
        idp.describe_user_pool(UserPoolId=pool.id)


def test_a_users_life(server, idp, new_pool):
    pool = new_pool()
    client = {"ClientId": pool.client, "Username": "bob"}
    with pytest.raises(idp.exceptions.InvalidPasswordException):
        idp.sign_up(**client, Password="password")
    signed_up = idp.sign_up(
        **client, Password=PASSWORD, UserAttributes=[{"Name": "email", "Value": "bob@example.com"}]
    )
    assert signed_up["CodeDeliveryDetails"] == {
        "Destination": "b***@e***",
        "DeliveryMedium": "EMAIL",
        "AttributeName": "email",
    }
    with pytest.raises(idp.exceptions.UserNotConfirmedException):
        sign_in(idp, pool, "bob", PASSWORD)
    code = server.last_code("bob")
    with pytest.raises(idp.exceptions.CodeMismatchException):
        idp.confirm_sign_up(**client, ConfirmationCode=other_than(code))
    idp.confirm_sign_up(**client, ConfirmationCode=code)

    tokens = sign_in(idp, pool, "bob", PASSWORD)
    assert pool.claims(tokens["IdToken"])["aud"] == pool.client
    idp.change_password(
        AccessToken=tokens["AccessToken"], PreviousPassword=PASSWORD, ProposedPassword="Battery-staple-8"
    )
    idp.forgot_password(**client)
    idp.confirm_forgot_password(**client, ConfirmationCode=server.last_code("bob"), Password="Paper-clip-99")
    for old in [PASSWORD, "Battery-staple-8"]:
        with pytest.raises(idp.exceptions.NotAuthorizedException):
            sign_in(idp, pool, "bob", old)
    tokens = sign_in(idp, pool, "bob", "Paper-clip-99")

    fresh = refresh(idp, pool, tokens["RefreshToken"])
    assert pool.claims(fresh["AccessToken"])["origin_jti"] == pool.claims(tokens["AccessToken"])["origin_jti"]
    idp.revoke_token(ClientId=pool.client, Token=tokens["RefreshToken"])
    with pytest.raises(idp.exceptions.NotAuthorizedException):
        refresh(idp, pool, tokens["RefreshToken"])
    with pytest.raises(idp.exceptions.NotAuthorizedException):
        idp.get_user(AccessToken=fresh["AccessToken"])

    token = sign_in(idp, pool, "bob", "Paper-clip-99")["AccessToken"]
    idp.update_user_attributes(
        AccessToken=token, UserAttributes=[{"Name": "email", "Value": "robert@example.com"}]
    )
    assert attributes(idp, token)["email_verified"] == "false"
    idp.verify_user_attribute(AccessToken=token, AttributeName="email", Code=server.last_code("bob"))
    assert attributes(idp, token) | {"sub": None} == {
        "sub": None,
        "email": "robert@example.com",
        "email_verified": "true",
    }
    idp.delete_user(AccessToken=token)
    with pytest.raises(idp.exceptions.UserNotFoundException):
        sign_in(idp, pool, "bob", "Paper-clip-99")


def sign_in(idp, pool, name, password):
    answer = idp.initiate_auth(
        ClientId=pool.client,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    return answer["AuthenticationResult"]


def refresh(idp, pool, token):
    answer = idp.initiate_auth(
        ClientId=pool.client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}
    )
    return answer["AuthenticationResult"]


def attributes(idp, token):
    return {found["Name"]: found["Value"] for found in idp.get_user(AccessToken=token)["UserAttributes"]}


def other_than(code):
    return ("1" if code[0] == "0" else "0") + code[1:]
