import type { Source } from "@mozdef/alert";
import type { EventSchema } from "@mozdef/query";
import { mozdefSchema } from "@mozdef/query/mozdef";
import { createHash } from "node:crypto";
import { type StoredEvent, timeFieldsOf } from "../events/read-events.ts";
import type { Place } from "../events/places.ts";

/** The events of one place where alerts look. */
export interface Feed {
  readonly place: Place;
  /** Null: the service's own events. */
  readonly source: Source | null;
  readonly events: readonly StoredEvent[];
}

/** What the events of a feed look like. */
export const schemaOf = ({ source }: Pick<Feed, "source">): EventSchema => source?.schema ?? mozdefSchema;

/** The fields with the time of an event, in the words of a message. */
export const timesOf = (feed: Pick<Feed, "source">): readonly string[] => timeFieldsOf(schemaOf(feed));

/**
 * The index of a store of its own in which the events of a source are: another one than that of any other source, though both may
 * look at the same indices. The same in every process.
 */
export const indexOfPlace = ({ name, indices }: Place, source: Source): string => {
  const part = JSON.stringify(indices);
  const own = `source-${(name ?? "").toLowerCase()}`;
  return part === JSON.stringify(source.indices)
    ? own
    : `${own}.${createHash("sha256").update(part).digest("hex").slice(0, 8)}`;
};
