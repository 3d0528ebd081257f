export interface ICognitoUserAttributeData {
  Name: string;
  Value: string;
}

/** A name and a value. */
export declare class CognitoUserAttribute implements ICognitoUserAttributeData {
  constructor(data?: Partial<ICognitoUserAttributeData>);

  Name: string;
  Value: string;

  getName(): string;
  setName(name: string): this;
  getValue(): string;
  setValue(value: string): this;
  toString(): string;
  toJSON(): ICognitoUserAttributeData;
}
