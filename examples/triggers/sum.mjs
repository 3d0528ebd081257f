// The triggers of a custom authentication that asks for a sum: instead of the password, or after it where a sign-in
// begins with SRP. In a pool, as CreateUserPool and a seed take them:
//
//     "LambdaConfig": {
//       "DefineAuthChallenge": "arn:aws:lambda:us-east-1:123456789012:function:defineAuthChallenge",
//       "CreateAuthChallenge": "arn:aws:lambda:us-east-1:123456789012:function:createAuthChallenge",
//       "VerifyAuthChallengeResponse": "arn:aws:lambda:us-east-1:123456789012:function:verifyAuthChallengeResponse"
//     }

import { randomInt } from "node:crypto";

const ANSWERS = 3;

/** Says what comes next: the password, the sum, tokens, or the end after three wrong answers. */
export function defineAuthChallenge(event) {
  const { session } = event.request;
  const last = session.at(-1);
  const answers = session.filter(({ challengeName }) => challengeName === "CUSTOM_CHALLENGE");
  if (last?.challengeName === "SRP_A") {
    event.response.challengeName = "PASSWORD_VERIFIER";
  } else if (last?.challengeName === "CUSTOM_CHALLENGE" && last.challengeResult) {
    event.response.issueTokens = true;
  } else if (answers.length < ANSWERS) {
    event.response.challengeName = "CUSTOM_CHALLENGE";
  } else {
    event.response.failAuthentication = true;
  }
  return event;
}

/** Makes up a sum. */
export function createAuthChallenge(event) {
  const [a, b] = [randomInt(1, 10), randomInt(1, 10)];
  event.response.publicChallengeParameters = { question: `${a} + ${b}` };
  event.response.privateChallengeParameters = { answer: String(a + b) };
  event.response.challengeMetadata = "SUM";
  return event;
}

/** Judges the answer. */
export function verifyAuthChallengeResponse(event) {
  const { challengeAnswer, privateChallengeParameters } = event.request;
  event.response.answerCorrect = challengeAnswer.trim() === privateChallengeParameters.answer;
  return event;
}
