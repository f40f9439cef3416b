import type { EventReader } from "./event-reader.ts";
import type { Parsed } from "./parse-piece.ts";
import type { ItemReader } from "./take-events.ts";

/** Each event is an item of the answer. */
export const plainItems = (events: EventReader): ItemReader<Parsed> => ({
  read: (values) => values.flatMap((parsed) => events.read(parsed)),
  end: () => events.end(),
  eventsOf: (parsed) => [parsed],
  valuesOfItem: 1,
});
