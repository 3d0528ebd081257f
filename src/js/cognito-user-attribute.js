import { methods } from "./methods.js";

/** A name and a value. */
export function CognitoUserAttribute(data) {
  this.Name = data?.Name || "";
  this.Value = data?.Value || "";
}

methods(CognitoUserAttribute, {
  getValue() {
    return this.Value;
  },

  setValue(value) {
    this.Value = value;
    return this;
  },

  getName() {
    return this.Name;
  },

  setName(name) {
    this.Name = name;
    return this;
  },

  toString() {
    return JSON.stringify(this);
  },

  toJSON() {
    return { Name: this.Name, Value: this.Value };
  },
});
