"""What makes a generated input one that an operation fulfils, and what it answers where generated input cannot be
enough: a proof, a code, a session that only the sign-in before could have given."""

from stage import PASSWORD

# Members that every operation takes from the stage.
EVERYWHERE = {
    "UserPoolId": lambda stage: stage.pool,
    "ClientId": lambda stage: stage.client,
    "Username": lambda stage: stage.user,
    "AccessToken": lambda stage: stage.access_token(),
    "ResourceArn": lambda stage: stage.arn,
}

EMAIL = [{"Name": "email", "Value": "new@example.com"}]
POOL_AND_CLIENT = {"Username": lambda stage: stage.unconfirmed()}

INPUTS = {
    "AddCustomAttributes": {"CustomAttributes": lambda stage: [{"Name": "row", "AttributeDataType": "String"}]},
    "AddUserPoolClientSecret": {"ClientId": lambda stage: stage.secrets()},
    "AdminAddUserToGroup": {"GroupName": lambda stage: stage.group()},
    "AdminConfirmSignUp": POOL_AND_CLIENT,
    "AdminCreateUser": {"Username": lambda stage: "new", "UserAttributes": lambda stage: EMAIL, "DesiredDeliveryMediums": lambda stage: ["EMAIL"]},
    "AdminDeleteUserAttributes": {"UserAttributeNames": lambda stage: ["custom:seat"]},
    "AdminDisableProviderForUser": {
        "User": lambda stage: {"ProviderName": stage.provider(), "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1"},
    },
    "AdminInitiateAuth": {
        "AuthFlow": lambda stage: "ADMIN_USER_PASSWORD_AUTH",
        "AuthParameters": lambda stage: {"USERNAME": stage.user, "PASSWORD": PASSWORD},
    },
    "AdminLinkProviderForUser": {
        "DestinationUser": lambda stage: {"ProviderName": "Cognito", "ProviderAttributeValue": stage.user},
        "SourceUser": lambda stage: {"ProviderName": stage.provider(), "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "1"},
    },
    "AdminRemoveUserFromGroup": {"GroupName": lambda stage: stage.group_with_user()},
    "AdminSetUserPassword": {"Password": lambda stage: "Another-horse-8"},
    "AdminSetUserSettings": {"MFAOptions": lambda stage: []},
    "AdminUpdateUserAttributes": {"UserAttributes": lambda stage: EMAIL},
    "AssociateSoftwareToken": {"AccessToken": lambda stage: stage.access_token()},
    "ChangePassword": {"PreviousPassword": lambda stage: PASSWORD, "ProposedPassword": lambda stage: "Another-horse-8"},
    "ConfirmForgotPassword": {"Password": lambda stage: "Another-horse-8"},
    "ConfirmSignUp": {**POOL_AND_CLIENT, "ConfirmationCode": lambda stage: "123456"},
    "CreateIdentityProvider": {
        "ProviderName": lambda stage: "corporate",
        "ProviderType": lambda stage: "OIDC",
        "ProviderDetails": lambda stage: stage.OIDC,
    },
    "CreateManagedLoginBranding": {"UseCognitoProvidedValues": lambda stage: True},
    "CreateUserPoolDomain": {"Domain": lambda stage: stage.pool.split("_")[1].lower()},
    "CreateUserPoolReplica": {"RegionName": lambda stage: "eu-west-1"},
    "DeleteGroup": {"GroupName": lambda stage: stage.group()},
    "DeleteIdentityProvider": {"ProviderName": lambda stage: stage.provider()},
    "DeleteManagedLoginBranding": {"ManagedLoginBrandingId": lambda stage: stage.branding()},
    "DeleteResourceServer": {"Identifier": lambda stage: stage.resource_server()},
    "DeleteTerms": {"TermsId": lambda stage: stage.terms()},
    "DeleteUserAttributes": {"UserAttributeNames": lambda stage: ["name"]},
    "DeleteUserPoolClientSecret": {"ClientSecretId": lambda stage: stage.second_secret(), "ClientId": lambda stage: stage.client},
    "DeleteUserPoolDomain": {"Domain": lambda stage: stage.domain()},
    "DeleteUserPoolReplica": {"RegionName": lambda stage: stage.replica()},
    "DescribeIdentityProvider": {"ProviderName": lambda stage: stage.provider()},
    "DescribeManagedLoginBranding": {"ManagedLoginBrandingId": lambda stage: stage.branding()},
    "DescribeManagedLoginBrandingByClient": {"ManagedLoginBrandingId": lambda stage: stage.branding() and None},
    "DescribeResourceServer": {"Identifier": lambda stage: stage.resource_server()},
    "DescribeTerms": {"TermsId": lambda stage: stage.terms()},
    "DescribeTermsByClient": {"TermsName": lambda stage: stage.terms() and "terms-of-use"},
    "DescribeUserImportJob": {"JobId": lambda stage: stage.import_job()},
    "DescribeUserPoolDomain": {"Domain": lambda stage: stage.domain()},
    "ForgetDevice": {"AccessToken": lambda stage: stage.access_token()},
    "GetDevice": {"AccessToken": lambda stage: stage.access_token()},
    "GetGroup": {"GroupName": lambda stage: stage.group()},
    "GetIdentityProviderByIdentifier": {"IdpIdentifier": lambda stage: stage.provider() and "corp"},
    "GetProvisionedLimit": {"LimitDefinition": lambda stage: stage.limit()},
    "GetTokensFromRefreshToken": {"RefreshToken": lambda stage: stage.sign_in()["RefreshToken"]},
    "GetUserAttributeVerificationCode": {"AttributeName": lambda stage: "email"},
    "InitiateAuth": {
        "AuthFlow": lambda stage: "USER_PASSWORD_AUTH",
        "AuthParameters": lambda stage: {"USERNAME": stage.user, "PASSWORD": PASSWORD},
    },
    "ListUsersInGroup": {"GroupName": lambda stage: stage.group()},
    "ResendConfirmationCode": POOL_AND_CLIENT,
    "RevokeToken": {"Token": lambda stage: stage.sign_in()["RefreshToken"]},
    "SetLogDeliveryConfiguration": {
        "LogConfigurations": lambda stage: [{
            "LogLevel": "ERROR",
            "EventSource": "userNotification",
            "CloudWatchLogsConfiguration": {"LogGroupArn": "arn:aws:logs:us-east-1:123456789012:log-group:g"},
        }],
    },
    "SetUICustomization": {"CSS": lambda stage: stage.domain() and ".banner-customizable { color: red; }"},
    "SetUserSettings": {"MFAOptions": lambda stage: []},
    "SignUp": {"Username": lambda stage: "new", "Password": lambda stage: PASSWORD},
    "UpdateGroup": {"GroupName": lambda stage: stage.group()},
    "UpdateIdentityProvider": {"ProviderName": lambda stage: stage.provider()},
    "UpdateManagedLoginBranding": {"UserPoolId": lambda stage: stage.pool, "ManagedLoginBrandingId": lambda stage: stage.branding()},
    "UpdateProvisionedLimit": {"LimitDefinition": lambda stage: stage.limit(), "RequestedLimitValue": lambda stage: 60},
    "UpdateResourceServer": {"Identifier": lambda stage: stage.resource_server()},
    "UpdateTerms": {"TermsId": lambda stage: stage.terms()},
    "UpdateUserAttributes": {"UserAttributes": lambda stage: [{"Name": "name", "Value": "Ann"}]},
    "UpdateUserPoolDomain": {"Domain": lambda stage: stage.domain()},
    "UpdateUserPoolReplica": {"RegionName": lambda stage: stage.replica()},
    "VerifyUserAttribute": {"AttributeName": lambda stage: "email", "Code": lambda stage: stage.verification("email")},
}

# The answer of the service to input that is valid and made up.
REFUSED = {
    "AdminForgetDevice": {"ResourceNotFoundException"},
    "AdminGetDevice": {"ResourceNotFoundException"},
    "AdminRespondToAuthChallenge": {"NotAuthorizedException", "CodeMismatchException", "InvalidParameterException"},
    "AdminRevokeUserSession": {"ResourceNotFoundException"},
    "AdminUpdateAuthEventFeedback": {"InvalidParameterException", "ResourceNotFoundException"},
    "AdminUpdateDeviceStatus": {"ResourceNotFoundException"},
    "CompleteWebAuthnRegistration": {"WebAuthnChallengeNotFoundException", "WebAuthnNotEnabledException", "InvalidParameterException"},
    "ConfirmDevice": {"InvalidParameterException", "ResourceNotFoundException"},
    "ConfirmForgotPassword": {"ExpiredCodeException", "CodeMismatchException"},
    "DeleteWebAuthnCredential": {"ResourceNotFoundException"},
    "ForgetDevice": {"ResourceNotFoundException"},
    "GetClientToken": {"NotAuthorizedException", "InvalidParameterException"},
    "GetDerivedToken": {"NotAuthorizedException"},
    "GetDevice": {"ResourceNotFoundException"},
    "RespondToAuthChallenge": {"NotAuthorizedException", "CodeMismatchException", "InvalidParameterException"},
    "RevokeUserSession": {"ResourceNotFoundException"},
    "StartUserImportJob": {"PreconditionNotMetException", "ResourceNotFoundException"},
    "StartWebAuthnRegistration": {"WebAuthnConfigurationMissingException", "WebAuthnNotEnabledException"},
    "StopUserImportJob": {"PreconditionNotMetException", "ResourceNotFoundException"},
    "UpdateAuthEventFeedback": {"NotAuthorizedException", "InvalidParameterException", "ResourceNotFoundException"},
    "UpdateDeviceStatus": {"ResourceNotFoundException"},
    "VerifySoftwareToken": {"EnableSoftwareTokenMFAException", "InvalidParameterException"},
}
