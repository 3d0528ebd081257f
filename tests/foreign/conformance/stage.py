"""What an operation needs to find: a pool, a client, a user who has signed in, and more where it is asked for."""

import json
import urllib.request

PASSWORD = "Correct-horse-7"


class Stage:
    """A pool of its own for one operation."""

    def __init__(self, client):
        self.idp = client
        self.made = 0
        pool = client.create_user_pool(
            PoolName="conformance",
            UserPoolTier="PLUS",
            AutoVerifiedAttributes=["email"],
            Schema=[{"Name": "seat", "AttributeDataType": "String"}],
        )["UserPool"]
        self.pool, self.arn = pool["Id"], pool["Arn"]
        self.client = client.create_user_pool_client(
            UserPoolId=self.pool,
            ClientName="conformance",
            ExplicitAuthFlows=[
                "ALLOW_USER_PASSWORD_AUTH",
                "ALLOW_ADMIN_USER_PASSWORD_AUTH",
                "ALLOW_REFRESH_TOKEN_AUTH",
            ],
        )["UserPoolClient"]["ClientId"]
        self.user = "user"
        client.admin_create_user(
            UserPoolId=self.pool,
            Username=self.user,
            MessageAction="SUPPRESS",
            UserAttributes=[
                {"Name": "email", "Value": "user@example.com"},
                {"Name": "email_verified", "Value": "true"},
            ],
        )
        client.admin_set_user_password(UserPoolId=self.pool, Username=self.user, Password=PASSWORD, Permanent=True)

    def sign_in(self):
        answer = self.idp.initiate_auth(
            ClientId=self.client,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": self.user, "PASSWORD": PASSWORD},
        )
        return answer["AuthenticationResult"]

    def access_token(self):
        return self.sign_in()["AccessToken"]

    def unconfirmed(self):
        self.idp.sign_up(
            ClientId=self.client,
            Username="unconfirmed",
            Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": "unconfirmed@example.com"}],
        )
        return "unconfirmed"

    def group(self):
        self.idp.create_group(UserPoolId=self.pool, GroupName="group")
        return "group"

    def group_with_user(self):
        self.group()
        self.idp.admin_add_user_to_group(UserPoolId=self.pool, GroupName="group", Username=self.user)
        return "group"

    def resource_server(self):
        self.idp.create_resource_server(UserPoolId=self.pool, Identifier="api", Name="api")
        return "api"

    def domain(self):
        name = self.pool.split("_")[1].lower()
        self.idp.create_user_pool_domain(UserPoolId=self.pool, Domain=name)
        return name

    OIDC = {
        "client_id": "id",
        "authorize_scopes": "openid",
        "oidc_issuer": "https://idp.example.com",
        "attributes_request_method": "GET",
    }

    def provider(self):
        self.idp.create_identity_provider(
            UserPoolId=self.pool,
            ProviderName="corporate",
            ProviderType="OIDC",
            ProviderDetails=self.OIDC,
            IdpIdentifiers=["corp"],
        )
        return "corporate"

    def secrets(self):
        self.client = self.idp.create_user_pool_client(
            UserPoolId=self.pool, ClientName="confidential", GenerateSecret=True
        )["UserPoolClient"]["ClientId"]
        return self.client

    def second_secret(self):
        self.secrets()
        added = self.idp.add_user_pool_client_secret(UserPoolId=self.pool, ClientId=self.client)
        return added["ClientSecretDescriptor"]["ClientSecretId"]

    def branding(self):
        made = self.idp.create_managed_login_branding(
            UserPoolId=self.pool, ClientId=self.client, UseCognitoProvidedValues=True
        )
        return made["ManagedLoginBranding"]["ManagedLoginBrandingId"]

    def terms(self):
        made = self.idp.create_terms(
            UserPoolId=self.pool,
            ClientId=self.client,
            TermsName="terms-of-use",
            TermsSource="LINK",
            Enforcement="NONE",
            Links={"cognito:default": "https://example.com/terms"},
        )
        return made["Terms"]["TermsId"]

    def replica(self):
        self.idp.create_user_pool_replica(UserPoolId=self.pool, RegionName="eu-west-1")
        return "eu-west-1"

    def linked(self):
        """A user of another provider's who is this pool's user."""
        source = {
            "ProviderName": self.provider(),
            "ProviderAttributeName": "Cognito_Subject",
            "ProviderAttributeValue": "1",
        }
        self.idp.admin_link_provider_for_user(
            UserPoolId=self.pool,
            DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": self.user},
            SourceUser=source,
        )
        return source

    def software_tokens(self):
        self.idp.set_user_pool_mfa_config(
            UserPoolId=self.pool, SoftwareTokenMfaConfiguration={"Enabled": True}, MfaConfiguration="OPTIONAL"
        )
        return self.pool

    def tracked(self):
        self.idp.set_user_pool_session_configuration(
            UserPoolId=self.pool, UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 5}
        )
        return self.pool

    def protected(self):
        """The pool, with threat protection."""
        self.idp.update_user_pool(
            UserPoolId=self.pool,
            UserPoolTier="PLUS",
            AutoVerifiedAttributes=["email"],
            UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"},
        )
        return self.pool

    def event(self):
        self.sign_in()
        return self.newest_event()["EventId"]

    def newest_event(self):
        return self.idp.admin_list_user_auth_events(UserPoolId=self.pool, Username=self.user)["AuthEvents"][0]

    def noticed_event(self):
        """An event that the user is told of: the second sign-in comes from another address."""
        self.idp.set_risk_configuration(
            UserPoolId=self.pool,
            AccountTakeoverRiskConfiguration={
                "NotifyConfiguration": {"SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com"},
                "Actions": {"LowAction": {"Notify": True, "EventAction": "NO_ACTION"}},
            },
        )
        for address in ("203.0.113.7", "203.0.113.8"):
            self.idp.admin_initiate_auth(
                UserPoolId=self.pool,
                ClientId=self.client,
                AuthFlow="ADMIN_USER_PASSWORD_AUTH",
                AuthParameters={"USERNAME": self.user, "PASSWORD": PASSWORD},
                ContextData={"IpAddress": address, "ServerName": "example.com", "ServerPath": "/", "HttpHeaders": []},
            )
        return self.newest_event()["EventId"]

    def feedback_token(self):
        with urllib.request.urlopen(f"{self.idp.meta.endpoint_url}/_local/outbox") as answer:
            return json.load(answer)[-1]["code"]

    def machine(self):
        """A client that gets tokens for itself."""
        self.idp.create_resource_server(
            UserPoolId=self.pool,
            Identifier="api",
            Name="api",
            Scopes=[{"ScopeName": "read", "ScopeDescription": "read"}],
        )
        made = self.idp.create_user_pool_client(
            UserPoolId=self.pool,
            ClientName="machine",
            GenerateSecret=True,
            ExplicitAuthFlows=["ALLOW_CLIENT_TOKEN_AUTH"],
            AllowedOAuthScopes=["api/read"],
        )["UserPoolClient"]
        self.secret = made["ClientSecret"]
        return made["ClientId"]

    def exchanger(self):
        """A client that exchanges a user's token; the user signs in with the stage's own."""
        self.subject = self.access_token()
        return self.idp.create_user_pool_client(
            UserPoolId=self.pool,
            ClientName="exchanger",
            ExplicitAuthFlows=["ALLOW_TOKEN_EXCHANGE_IMPERSONATION"],
        )["UserPoolClient"]["ClientId"]

    def subject_token(self):
        return self.subject

    def import_job(self):
        made = self.idp.create_user_import_job(
            UserPoolId=self.pool,
            JobName="job",
            CloudWatchLogsRoleArn="arn:aws:iam::123456789012:role/logs",
        )
        return made["UserImportJob"]["JobId"]

    def limit(self):
        return {"LimitClass": "API_CATEGORY", "Attributes": {"Category": "UserCreation"}}

    def verification(self, attribute):
        self.idp.get_user_attribute_verification_code(AccessToken=self.access_token(), AttributeName=attribute)
        return "123456"
