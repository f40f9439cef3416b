/**
 * Part of an event. What is missing comes from the suite's `event` and the default event; objects are merged deeply, lists and
 * single values replaced. `undefined` takes a field out; null is stored as null.
 */
export type EventInput = Readonly<Record<string, unknown>>;

/** Events of a case: single ones and lists (of `repeat`, of a time line) in any mixture. */
export type EventInputs = readonly (EventInput | EventInputs)[];

/** All events in order, without nesting. */
export const flatten = (inputs: EventInputs): readonly EventInput[] =>
  inputs.flatMap((input) => (isList(input) ? flatten(input) : [input]));

const isList = (input: EventInput | EventInputs): input is EventInputs => Array.isArray(input);
