//! Passwords that everybody knows. The service compares with what has leaked from others; these few stand in its place,
//! and most of them keep the usual policy, so that they can be tried.

const KNOWN: [&str; 16] = [
    "12345678",
    "Admin123!",
    "Changeme1!",
    "Letmein1!",
    "P@ssw0rd",
    "P@ssw0rd1",
    "P@ssword1",
    "Passw0rd!",
    "Password1!",
    "Password123!",
    "Qwerty123!",
    "Summer2024!",
    "Test1234!",
    "Welcome1!",
    "Welcome123!",
    "password",
];

pub(super) fn is_known(password: &str) -> bool {
    KNOWN.contains(&password)
}
