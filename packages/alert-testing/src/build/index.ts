export { randomAddress } from "./addresses.ts";
export { ago } from "./moments.ts";
export { repeat } from "./repeat.ts";
export { at } from "./time-line.ts";

export type { EventInput, EventInputs } from "./event-input.ts";
export type { Moment } from "./moments.ts";
export type { TimeLine } from "./time-line.ts";
