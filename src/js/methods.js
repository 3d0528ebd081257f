// Classes as upstream has them.

/**
 * Gives a constructor its methods. Not a `class`: upstream's constructors can be called without `new` by
 * ES5 subclasses, and its methods are enumerable.
 */
export function methods(constructor, ...groups) {
  Object.assign(constructor.prototype, ...groups);
}

/** The same for a constructor that goes on from another. */
export function derive(constructor, base) {
  Object.setPrototypeOf(constructor, base);
  constructor.prototype = Object.create(base.prototype);
  constructor.prototype.constructor = constructor;
}
