"""A server for the whole run, and pools on it for whoever asks."""

import dataclasses

import boto3
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from server import ADMINISTRATOR, Server

PASSWORD = "Correct-horse-7"


@pytest.fixture(scope="session")
def server():
    with Server() as server:
        yield server


@pytest.fixture(scope="session")
def idp(server):
    """boto3's client, with the local administrator's key."""
    client = boto3.client("cognito-idp", endpoint_url=server.url, **ADMINISTRATOR)
    yield client
    client.close()


@pytest.fixture
def new_pool(idp, server):
    """Makes a pool with a client; `client` are settings of it."""

    def make(client=None, mfa=None, **settings):
        settings = {"PoolName": "journey", "AutoVerifiedAttributes": ["email"], **settings}
        pool = idp.create_user_pool(**settings)["UserPool"]["Id"]
        if mfa:
            idp.set_user_pool_mfa_config(UserPoolId=pool, **mfa)
        flows = ["USER_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"]
        made = idp.create_user_pool_client(
            UserPoolId=pool,
            ClientName="journey",
            ExplicitAuthFlows=[f"ALLOW_{flow}" for flow in flows],
            **(client or {}),
        )["UserPoolClient"]
        return Pool(idp, server.url, pool, made["ClientId"], made.get("ClientSecret"))

    return make


@dataclasses.dataclass
class Pool:
    idp: object
    server: str
    id: str
    client: str
    secret: str | None

    @property
    def issuer(self):
        return f"{self.server}/{self.id}"

    def confirmed(self, name):
        """Somebody who can sign in with PASSWORD."""
        self.idp.admin_create_user(
            UserPoolId=self.id,
            Username=name,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": f"{name}@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        self.idp.admin_set_user_password(UserPoolId=self.id, Username=name, Password=PASSWORD, Permanent=True)

    def claims(self, token):
        """The claims of a token, once PyJWT has verified it by the keys that the pool shows."""
        key = jwt.PyJWKClient(f"{self.issuer}/.well-known/jwks.json").get_signing_key_from_jwt(token)
        return jwt.decode(token, key, algorithms=["RS256"], issuer=self.issuer, options={"verify_aud": False})


def forged(token):
    """The same token with another key's signature, and without any."""
    header, claims = jwt.get_unverified_header(token), jwt.decode(token, options={"verify_signature": False})
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    yield jwt.encode(claims, key, algorithm="RS256", headers=header)
    yield jwt.encode(claims, None, algorithm="none", headers={"kid": header["kid"]})
    yield token[:-8] + "AAAAAAAA"
