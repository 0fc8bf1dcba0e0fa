/**
 * Calls a Crossfoot server, which proves the figures of published reports against each other.  Requests and results are
 * the generated messages of "crossfoot/v1".
 */
export { Client, type CallOptions, type Outcome } from "./client.js";
export type { ClientOptions } from "./connection.js";
export { CrossfootError, type CodeName } from "./error.js";
export { places, type Place } from "./places.js";
export { VERSION } from "./gen/version.js";
