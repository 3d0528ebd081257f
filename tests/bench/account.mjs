// Whose sign-in is measured.

export const POOL_ID = "eu-central-1_QdbSdK39m";
export const CLIENT_ID = "4p26clientofthebenchmark00";
export const USERNAME = "alice";
export const PASSWORD = "correct horse battery staple";
