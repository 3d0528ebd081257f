// What only deep files export.

export declare const version: string;

export declare const FRAMEWORK: { None: string; ReactNative: string };

export declare const AUTH_CATEGORY: string;

export declare function detectFramework(): string;

export declare const Platform: { userAgent: string; isReactNative: boolean };

export declare function getUserAgent(): string;

/** 32 random bits. */
export declare function cryptoSecureRandomInt(): number;
