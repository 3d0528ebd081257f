/** Holds the text that requests say of who sends them, on its prototype. */
export declare class UserAgent {
  userAgent: string;
}

/** Adds to the text, unless it is there already. */
export declare const appendToCognitoUserAgent: (content: string) => void;

/** Says that the category is authentication. */
export declare const addAuthCategoryToCognitoUserAgent: () => void;

/** Says which framework this runs in. */
export declare const addFrameworkToCognitoUserAgent: (content: string) => void;

/** What requests say. */
export declare const getAmplifyUserAgent: () => string;
