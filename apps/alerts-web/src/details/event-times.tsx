import type { EventHistogram, StoredEvent } from "@mozdef/alert-api";
import { navigate } from "../routing/location.ts";
import { searchAddress } from "../search/search-state.ts";
import { HistogramFigure } from "../shared/histogram.tsx";
import { textOfAlert } from "./alert-events.ts";
import { bucketsOf } from "./event-buckets.ts";

interface EventTimesProps {
  readonly id: string;
  readonly events: readonly StoredEvent[];
  /** All events of the alert in the store; absent where that cannot be asked. */
  readonly marked: EventHistogram | undefined;
}

/**
 * When the events were: all of them where the store can say so, and then a part leads to its events; else those that the alert carries
 * along. What happened in one moment needs no picture.
 */
export const EventTimes = ({ id, events, marked }: EventTimesProps) => {
  const isWhole = marked !== undefined && marked.buckets.length > 0;
  const histogram = isWhole ? marked : bucketsOf(events);
  if (histogram.buckets.length < 2) return null;
  return (
    <HistogramFigure
      histogram={histogram}
      what="events"
      {...(isWhole && {
        onSelect: (range) => navigate(searchAddress({ text: textOfAlert(id), ...range })),
      })}
    />
  );
};
