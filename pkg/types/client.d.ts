/** `pool.client`: sends requests to one endpoint. Replace `request` to see or answer them yourself. */
export declare class Client {
  /** @param endpoint instead of `https://cognito-idp.<region>.amazonaws.com/` */
  constructor(region: string, endpoint?: string, fetchOptions?: { credentials?: RequestCredentials | undefined });

  endpoint: string;
  fetchOptions: { credentials?: RequestCredentials | undefined };

  request(operation: string, params: object, callback: (error: any, data?: any) => void): void;
  /** The answer as a promise. */
  promisifyRequest(operation: string, params: object): Promise<any>;
  /** `request`, and again as long as the failure is one that passes. */
  requestWithRetry(operation: string, params: object, callback: (error: any, data?: any) => void): void;
}
