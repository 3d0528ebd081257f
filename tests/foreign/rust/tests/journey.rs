//! A user's life by the AWS SDK for Rust, with the SRP mathematics of `aws-cognito-srp`.

use std::collections::HashMap;

use aws_cognito_srp::{SrpClient, TrackedDevice, UntrackedDevice, User, VerificationParameters};
use aws_sdk_cognitoidentityprovider::{
    Client, Error,
    operation::respond_to_auth_challenge::RespondToAuthChallengeOutput,
    types::{
        AttributeType, AuthFlowType, AuthenticationResultType, ChallengeNameType,
        DeviceConfigurationType, DeviceSecretVerifierConfigType, ExplicitAuthFlowsType,
    },
};
use cognito_rust_sdk_tests::Server;

const PASSWORD: &str = "Correct-horse-7";
const OWN_PASSWORD: &str = "Battery-staple-8";
const ADMINISTRATOR: Option<(&str, &str)> = Some(("local", "local"));

#[tokio::test]
async fn administration_needs_the_right_key() {
    let server = Server::start();
    for (credentials, code) in [
        (None, "MissingAuthenticationTokenException"),
        (Some(("local", "guess")), "InvalidSignatureException"),
        (
            Some(("AKIASTRANGER", "local")),
            "UnrecognizedClientException",
        ),
    ] {
        let pools = server.sdk(credentials).list_user_pools().max_results(5);
        let error = pools.send().await.unwrap_err().into_service_error();
        assert_eq!(error.meta().code(), Some(code));
    }
    let pools = server.sdk(ADMINISTRATOR).list_user_pools().max_results(5);
    let pools = pools.send().await.unwrap();
    assert_eq!(pools.user_pools()[0].id(), Some(&*server.pool));
}

#[tokio::test]
async fn wrong_passwords_and_forged_tokens_are_refused() {
    let server = Server::start();
    let account = Account::new(&server, "ann").await;
    for password in ["Wrong-horse-7", ""] {
        let error = account.sign_in(password, None).await.unwrap_err();
        assert!(matches!(error, Error::NotAuthorizedException(_)), "{error}");
    }
    let tokens = account.sign_in(PASSWORD, None).await.unwrap();
    let token = tokens.access_token().unwrap();
    let (signed, signature) = token.rsplit_once('.').unwrap();
    for forged in [
        format!("{signed}.{}", "A".repeat(signature.len())),
        tokens.id_token().unwrap().to_owned(),
    ] {
        let error = account.sdk.get_user().access_token(&forged).send().await;
        assert!(
            error
                .unwrap_err()
                .into_service_error()
                .is_not_authorized_exception()
        );
        let error = account.sdk.delete_user().access_token(&forged).send().await;
        assert!(
            error
                .unwrap_err()
                .into_service_error()
                .is_not_authorized_exception()
        );
    }
    let user = account
        .sdk
        .get_user()
        .access_token(token)
        .send()
        .await
        .unwrap();
    assert_eq!(user.username(), "ann");
}

#[tokio::test]
async fn a_users_life() {
    let server = Server::start();
    let account = Account::new(&server, "ann").await;
    let sdk = &account.sdk;
    let again = account.sign_up().await.unwrap_err();
    assert!(
        matches!(again, Error::UsernameExistsException(_)),
        "{again}"
    );

    let tokens = account.sign_in(PASSWORD, None).await.unwrap();
    let token = tokens.access_token().unwrap();
    assert_eq!(
        (tokens.expires_in(), tokens.token_type()),
        (3600, Some("Bearer"))
    );
    let name = AttributeType::builder()
        .name("name")
        .value("Ann Example")
        .build()
        .unwrap();
    sdk.update_user_attributes()
        .access_token(token)
        .user_attributes(name.clone())
        .send()
        .await
        .unwrap();
    let user = sdk.get_user().access_token(token).send().await.unwrap();
    assert!(user.user_attributes().contains(&name));

    let refresh = tokens.refresh_token().unwrap();
    let refreshed = account.refresh(refresh).await.unwrap();
    assert_ne!(refreshed.access_token(), Some(token));
    sdk.change_password()
        .access_token(token)
        .previous_password(PASSWORD)
        .proposed_password(OWN_PASSWORD)
        .send()
        .await
        .unwrap();
    let error = account.sign_in(PASSWORD, None).await.unwrap_err();
    assert!(matches!(error, Error::NotAuthorizedException(_)), "{error}");
    sdk.global_sign_out()
        .access_token(token)
        .send()
        .await
        .unwrap();
    assert!(account.refresh(refresh).await.is_err());

    let tokens = account.sign_in(OWN_PASSWORD, None).await.unwrap();
    let token = tokens.access_token().unwrap();
    sdk.delete_user().access_token(token).send().await.unwrap();
    let error = account.sign_in(OWN_PASSWORD, None).await.unwrap_err();
    assert!(matches!(error, Error::UserNotFoundException(_)), "{error}");
}

#[tokio::test]
async fn a_remembered_device_proves_itself() {
    let mut server = Server::start();
    remember_devices(&mut server).await;
    let account = Account::new(&server, "ann").await;
    let tokens = account.sign_in(PASSWORD, None).await.unwrap();
    let metadata = tokens.new_device_metadata().unwrap();
    let (group, key) = (
        metadata.device_group_key().unwrap(),
        metadata.device_key().unwrap(),
    );
    let untracked = UntrackedDevice::new(&server.pool, group, key);
    let verifier = SrpClient::new(untracked, &server.client, None).get_password_verifier();
    let config = DeviceSecretVerifierConfigType::builder()
        .password_verifier(verifier.verifier)
        .salt(verifier.salt);
    account
        .sdk
        .confirm_device()
        .access_token(tokens.access_token().unwrap())
        .device_key(key)
        .device_secret_verifier_config(config.build())
        .send()
        .await
        .unwrap();

    let device = |password: &str| TrackedDevice::new(&server.pool, group, key, password);
    let error = account
        .sign_in(PASSWORD, Some(device("guess")))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NotAuthorizedException(_)), "{error}");
    let tokens = account
        .sign_in(PASSWORD, Some(device(&verifier.password)))
        .await
        .unwrap();
    assert!(tokens.new_device_metadata().is_none());
    let token = tokens.access_token().unwrap();
    let devices = account
        .sdk
        .list_devices()
        .access_token(token)
        .send()
        .await
        .unwrap();
    assert_eq!(devices.devices().len(), 1);
    assert_eq!(devices.devices()[0].device_key(), Some(key));
}

/// Goes on with a pool that remembers devices, and a client of it.
async fn remember_devices(server: &mut Server) {
    let administrator = server.sdk(ADMINISTRATOR);
    let devices = DeviceConfigurationType::builder()
        .challenge_required_on_new_device(true)
        .device_only_remembered_on_user_prompt(false);
    let pool = administrator
        .create_user_pool()
        .pool_name("devices")
        .device_configuration(devices.build());
    let pool = pool.send().await.unwrap();
    server.pool = pool.user_pool().unwrap().id().unwrap().to_owned();
    let client = administrator
        .create_user_pool_client()
        .user_pool_id(&server.pool)
        .client_name("devices")
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowUserSrpAuth)
        .explicit_auth_flows(ExplicitAuthFlowsType::AllowRefreshTokenAuth);
    let client = client.send().await.unwrap();
    server.client = client
        .user_pool_client()
        .unwrap()
        .client_id()
        .unwrap()
        .to_owned();
}

/// A confirmed user who calls for themselves, without any credentials of AWS's.
struct Account<'a> {
    server: &'a Server,
    sdk: Client,
    name: String,
}

impl<'a> Account<'a> {
    async fn new(server: &'a Server, name: &str) -> Self {
        let account = Self {
            server,
            sdk: server.sdk(None),
            name: name.to_owned(),
        };
        account.sign_up().await.unwrap();
        let confirm = server
            .sdk(ADMINISTRATOR)
            .admin_confirm_sign_up()
            .user_pool_id(&server.pool);
        confirm.username(name).send().await.unwrap();
        account
    }

    async fn sign_up(&self) -> Result<(), Error> {
        let email = AttributeType::builder()
            .name("email")
            .value(format!("{}@example.com", self.name));
        self.sdk
            .sign_up()
            .client_id(&self.server.client)
            .username(&self.name)
            .password(PASSWORD)
            .user_attributes(email.build().unwrap())
            .send()
            .await?;
        Ok(())
    }

    async fn refresh(&self, token: &str) -> Result<AuthenticationResultType, Error> {
        let answer = self
            .sdk
            .get_tokens_from_refresh_token()
            .client_id(&self.server.client)
            .refresh_token(token)
            .send()
            .await?;
        Ok(answer.authentication_result.unwrap())
    }

    /// A sign-in by SRP, from a device if there is one.
    async fn sign_in(
        &self,
        password: &str,
        device: Option<TrackedDevice>,
    ) -> Result<AuthenticationResultType, Error> {
        let client = &self.server.client;
        let user = User::new(&self.server.pool, &self.name, password);
        let user = SrpClient::new(user, client, None);
        let device = device.map(|device| SrpClient::new(device, client, None));
        let key = device
            .as_ref()
            .map(|device| device.get_auth_parameters().device_key);

        let begin = self.sdk.initiate_auth().client_id(client);
        let parameters = [("SRP_A", user.get_auth_parameters().a)];
        let begin = begin
            .auth_flow(AuthFlowType::UserSrpAuth)
            .set_auth_parameters(Some(self.named(parameters, &key)));
        let asked = begin.send().await?.challenge_parameters.unwrap();
        let proof = user.verify(
            &asked["SECRET_BLOCK"],
            &asked["USER_ID_FOR_SRP"],
            &asked["SALT"],
            &asked["SRP_B"],
        );
        let proof = self.named(responses(proof.unwrap()), &key);
        let answer = self
            .respond(ChallengeNameType::PasswordVerifier, None, proof)
            .await?;
        let Some(device) = device else {
            return Ok(answer.authentication_result.unwrap());
        };

        let public = self.named([("SRP_A", device.get_auth_parameters().a)], &key);
        let challenge = ChallengeNameType::DeviceSrpAuth;
        let answer = self.respond(challenge, answer.session, public).await?;
        let asked = answer.challenge_parameters.unwrap();
        let proof = device.verify(&asked["SECRET_BLOCK"], &asked["SALT"], &asked["SRP_B"]);
        let proof = self.named(responses(proof.unwrap()), &key);
        let challenge = ChallengeNameType::DevicePasswordVerifier;
        let answer = self.respond(challenge, answer.session, proof).await?;
        Ok(answer.authentication_result.unwrap())
    }

    async fn respond(
        &self,
        challenge: ChallengeNameType,
        session: Option<String>,
        responses: HashMap<String, String>,
    ) -> Result<RespondToAuthChallengeOutput, Error> {
        let respond = self.sdk.respond_to_auth_challenge();
        let respond = respond
            .client_id(&self.server.client)
            .challenge_name(challenge)
            .set_session(session)
            .set_challenge_responses(Some(responses));
        Ok(respond.send().await?)
    }

    /// Parameters with the user's name and the device's key.
    fn named<const N: usize>(
        &self,
        parameters: [(&str, String); N],
        device_key: &Option<String>,
    ) -> HashMap<String, String> {
        let name = ("USERNAME", self.name.clone());
        let device_key = device_key.clone().map(|key| ("DEVICE_KEY", key));
        let named = parameters.into_iter().chain([name]).chain(device_key);
        named
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

fn responses(proof: VerificationParameters) -> [(&'static str, String); 3] {
    [
        (
            "PASSWORD_CLAIM_SECRET_BLOCK",
            proof.password_claim_secret_block,
        ),
        ("PASSWORD_CLAIM_SIGNATURE", proof.password_claim_signature),
        ("TIMESTAMP", proof.timestamp),
    ]
}
