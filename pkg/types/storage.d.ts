/** Synchronous storage such as `localStorage`. */
export interface ICognitoStorage {
  setItem(key: string, value: string): void;
  getItem(key: string): string | null;
  removeItem(key: string): void;
  clear(): void;
}

export interface ICookieStorageData {
  domain?: string | undefined;
  /** `/` by default. */
  path?: string | undefined;
  /** Days; 365 by default. */
  expires?: number | Date | undefined;
  /** True by default. */
  secure?: boolean;
  /** `none` needs `secure`. */
  sameSite?: "strict" | "lax" | "none";
}

/** Keeps tokens in cookies, so that a server sees them. */
export declare class CookieStorage implements ICognitoStorage {
  /** @throws if `sameSite` is none of its values, or `none` without `secure` */
  constructor(data?: ICookieStorageData);

  domain?: string;
  path: string;
  expires: number | Date | undefined;
  secure: boolean;
  sameSite: "strict" | "lax" | "none" | null;

  /** Gives what can then be read: nothing where there are no cookies. */
  setItem(key: string, value: string): string | undefined;
  getItem(key: string): string | null;
  removeItem(key: string): void;
  /** Removes what this package has put there. */
  clear(): object;
}

/** Finds the storage of this page: `localStorage` where it works, otherwise memory. */
export declare class StorageHelper {
  storageWindow: ICognitoStorage;

  getStorage(): ICognitoStorage;
}

/** The store of last resort, of the whole process. */
export declare class MemoryStorage {
  static setItem(key: string, value: string): string;
  static getItem(key: string): string | undefined;
  static removeItem(key: string): boolean;
  static clear(): object;
}
