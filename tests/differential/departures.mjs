// Where our package deliberately behaves otherwise than upstream's. Everything else is compared
// exactly. Each row says what differs and why, and turns the trace of upstream into the trace that
// ours must have; a row that changes no scenario's trace is an error.

/**
 * @typedef {object} Departure
 * @property {string} id
 * @property {string} upstream what upstream does
 * @property {string} ours what our package does
 * @property {string} why
 * @property {(trace: object[], name: string) => object[]} expected upstream's trace, made into ours
 */

/** @type {Departure[]} */
export const departures = [];
