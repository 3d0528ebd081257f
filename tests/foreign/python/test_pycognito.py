"""pycognito, with its own SRP."""

import datetime

import jwt
import pyotp
import pytest
from pycognito import AWSSRP, Cognito
from pycognito.aws_srp import generate_hash_device
from pycognito.exceptions import (
    ForceChangePasswordException,
    SMSMFAChallengeException,
    SoftwareTokenMFAChallengeException,
    TokenVerificationException,
)

from conftest import PASSWORD, forged
from server import ADMINISTRATOR

OWN_PASSWORD = "Battery-staple-8"
STEP = datetime.timedelta(seconds=30)


@pytest.fixture(params=["public", "confidential"])
def any_pool(request, new_pool):
    """A pool whose client has no secret, then one whose client has one."""

    def make(**settings):
        return new_pool(client={"GenerateSecret": request.param == "confidential"}, **settings)

    return make


@pytest.fixture
def user(server):
    """pycognito for a user of a pool."""

    def make(pool, name, **tokens):
        return Cognito(
            pool.id,
            pool.client,
            username=name,
            client_secret=pool.secret,
            boto3_client_kwargs={"endpoint_url": server.url, **ADMINISTRATOR},
            **tokens,
        )

    return make


def test_registers_confirms_signs_in_and_out(server, any_pool, user):
    pool = any_pool()
    ann = user(pool, "ann")
    errors = ann.client.exceptions
    ann.set_base_attributes(email="ann@example.com", name="Ann Example")
    delivery = ann.register("ann", PASSWORD)["CodeDeliveryDetails"]
    assert delivery["AttributeName"] == "email"
    with pytest.raises(errors.UserNotConfirmedException):
        ann.authenticate(PASSWORD)
    ann.resend_confirmation_code("ann")
    ann.confirm_sign_up(server.last_code("ann"))
    with pytest.raises(errors.NotAuthorizedException):
        ann.authenticate("Wrong-horse-7")

    ann.authenticate(PASSWORD)
    assert ann.id_claims["email_verified"] is True
    assert ann.access_claims["username"] == "ann"
    assert ann.get_user().name == "Ann Example"
    assert ann.check_token(renew=False) is False
    before = ann.access_token
    ann.renew_access_token()
    assert ann.access_token != before
    ann.update_profile({"name": "Ann Other"})
    assert ann.get_user().name == "Ann Other"
    ann.change_password(PASSWORD, OWN_PASSWORD)
    with pytest.raises(errors.NotAuthorizedException):
        user(pool, "ann").authenticate(PASSWORD)
    ann.authenticate(OWN_PASSWORD)
    tokens = ann.access_token, ann.refresh_token
    ann.logout()
    ann.access_token, ann.refresh_token = tokens
    with pytest.raises(errors.NotAuthorizedException):
        ann.get_user()
    with pytest.raises(errors.NotAuthorizedException):
        ann.renew_access_token()


def test_forgets_the_password_and_leaves(server, any_pool, user):
    pool = any_pool()
    pool.confirmed("ann")
    ann = user(pool, "ann")
    ann.initiate_forgot_password()
    code = server.last_code("ann")
    with pytest.raises(ann.client.exceptions.CodeMismatchException):
        ann.confirm_forgot_password("000000" if code != "000000" else "111111", OWN_PASSWORD)
    ann.confirm_forgot_password(code, OWN_PASSWORD)
    with pytest.raises(ann.client.exceptions.NotAuthorizedException):
        ann.authenticate(PASSWORD)
    ann.authenticate(OWN_PASSWORD)
    ann.send_verification()
    ann.validate_verification(server.last_code("ann"))
    ann.delete_user()
    with pytest.raises(ann.client.exceptions.UserNotFoundException):
        user(pool, "ann").authenticate(OWN_PASSWORD)


def test_a_temporary_password_makes_way_for_ones_own(any_pool, user):
    pool = any_pool()
    administrator = user(pool, "ann")
    administrator.admin_create_user("ann", PASSWORD, {"MessageAction": "SUPPRESS"}, email="ann@example.com")
    ann = user(pool, "ann")
    with pytest.raises(ForceChangePasswordException):
        ann.authenticate(PASSWORD)
    with pytest.raises(ann.client.exceptions.NotAuthorizedException):
        ann.new_password_challenge("Wrong-horse-7", OWN_PASSWORD)
    ann.new_password_challenge(PASSWORD, OWN_PASSWORD)
    assert ann.access_claims["username"] == "ann"
    ann.authenticate(OWN_PASSWORD)


def test_a_software_token_as_second_factor(any_pool, user):
    pool = any_pool(mfa={"MfaConfiguration": "OPTIONAL", "SoftwareTokenMfaConfiguration": {"Enabled": True}})
    pool.confirmed("ann")
    ann = user(pool, "ann")
    ann.authenticate(PASSWORD)
    token = pyotp.TOTP(ann.associate_software_token())
    with pytest.raises(ann.client.exceptions.EnableSoftwareTokenMFAException):
        ann.verify_software_token(wrong(token))
    assert ann.verify_software_token(token.now(), "phone")
    ann.set_user_mfa_preference(sms_mfa=False, software_token_mfa=True, preferred="SOFTWARE_TOKEN")

    with pytest.raises(SoftwareTokenMFAChallengeException):
        ann.authenticate(PASSWORD)
    with pytest.raises(ann.client.exceptions.CodeMismatchException):
        ann.respond_to_software_token_mfa_challenge(wrong(token))
    with pytest.raises(SoftwareTokenMFAChallengeException) as challenge:
        ann.authenticate(PASSWORD)
    # A code is good once: the one of the step after this one.
    later = user(pool, "ann")
    code = token.at(datetime.datetime.now() + STEP)
    later.respond_to_software_token_mfa_challenge(code, challenge.value.get_tokens())
    assert later.access_claims["username"] == "ann"


def test_a_text_message_as_second_factor(server, any_pool, user):
    role = "arn:aws:iam::123456789012:role/sms"
    sms = {"SmsConfiguration": {"SnsCallerArn": role}}
    pool = any_pool(mfa={"MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": sms})
    pool.confirmed("ann")
    ann = user(pool, "ann")
    ann.admin_update_profile({"phone_number": "+15555550123", "phone_number_verified": True})
    ann.authenticate(PASSWORD)
    ann.set_user_mfa_preference(sms_mfa=True, software_token_mfa=False, preferred="SMS")
    with pytest.raises(SMSMFAChallengeException):
        ann.authenticate(PASSWORD)
    ann.respond_to_sms_mfa_challenge(server.last_code("ann"))
    assert ann.access_claims["username"] == "ann"


def test_a_remembered_device_proves_itself(new_pool, user):
    # Without a secret: its answer to the device's challenge forgets the hash.
    pool = new_pool(
        DeviceConfiguration={"ChallengeRequiredOnNewDevice": True, "DeviceOnlyRememberedOnUserPrompt": False}
    )
    pool.confirmed("ann")
    ann = user(pool, "ann")
    by_srp = {
        "username": "ann",
        "password": PASSWORD,
        "pool_id": pool.id,
        "client_id": pool.client,
        "client": ann.client,
    }
    first = AWSSRP(**by_srp).authenticate_user()["AuthenticationResult"]
    key, group = first["NewDeviceMetadata"]["DeviceKey"], first["NewDeviceMetadata"]["DeviceGroupKey"]
    # Its `confirm_device` knows only the addresses of the real service.
    password, verifier = generate_hash_device(group, key)
    confirmed = ann.client.confirm_device(
        AccessToken=first["AccessToken"], DeviceKey=key, DeviceName="phone", DeviceSecretVerifierConfig=verifier
    )
    assert confirmed["UserConfirmationNecessary"] is False

    device = {"device_key": key, "device_group_key": group}
    with pytest.raises(ann.client.exceptions.NotAuthorizedException):
        AWSSRP(**by_srp, **device, device_password="guess").authenticate_user()
    again = AWSSRP(**by_srp, **device, device_password=password).authenticate_user()["AuthenticationResult"]
    assert pool.claims(again["AccessToken"])["device_key"] == key
    assert "NewDeviceMetadata" not in again


def test_an_administrators_calls(any_pool, user):
    pool = any_pool()
    administrator = user(pool, "ann")
    administrator.admin_create_user("ann", additional_kwargs={"MessageAction": "SUPPRESS"}, email="ann@example.com")
    pool.confirmed("bob")
    assert sorted(found.username for found in administrator.get_users()) == ["ann", "bob"]
    assert administrator.admin_get_user().user_status == "FORCE_CHANGE_PASSWORD"
    pool.idp.create_group(UserPoolId=pool.id, GroupName="readers")
    administrator.admin_add_user_to_group("bob", "readers")
    assert administrator.admin_list_groups_for_user("bob") == ["readers"]
    assert [group.group_name for group in administrator.get_groups()] == ["readers"]

    bob = user(pool, "bob")
    with pytest.raises(bob.client.exceptions.NotAuthorizedException):
        bob.admin_authenticate("Wrong-horse-7")
    bob.admin_authenticate(PASSWORD)
    assert bob.id_claims["cognito:groups"] == ["readers"]
    administrator.admin_disable_user("bob")
    with pytest.raises(bob.client.exceptions.NotAuthorizedException):
        bob.authenticate(PASSWORD)
    administrator.admin_enable_user("bob")
    administrator.admin_remove_user_from_group("bob", "readers")
    bob.authenticate(PASSWORD)
    assert "cognito:groups" not in bob.id_claims


def test_forged_tokens_are_refused_by_both(any_pool, user):
    pool = any_pool()
    pool.confirmed("ann")
    ann = user(pool, "ann")
    ann.authenticate(PASSWORD)
    ann.verify_tokens()
    with pytest.raises(TokenVerificationException):
        ann.verify_token(ann.id_token, "access_token", "access")
    for other in forged(ann.access_token):
        stranger = user(pool, "ann", access_token=other)
        with pytest.raises((TokenVerificationException, jwt.InvalidKeyError)):
            stranger.verify_token(other, "access_token", "access")
        with pytest.raises(ann.client.exceptions.NotAuthorizedException):
            stranger.get_user()
    assert ann.get_user().email == "ann@example.com"


def wrong(token):
    """A code that the token shows neither now nor near."""
    now = datetime.datetime.now()
    near = {token.at(now + steps * STEP) for steps in range(-3, 4)}
    return next(code for code in (f"{number:06}" for number in range(8)) if code not in near)
