import { dataError } from "../files/data-error.ts";
import { entriesOf, type ListFormat } from "./entries.ts";
import { Indicators } from "./indicators.ts";

/** How much a list may be. */
export interface ListBounds {
  readonly maxEntries: number;
  readonly maxBytes: number;
}

/** A list that was read, and what of it was not understood. */
export interface ReadList {
  readonly indicators: Indicators;
  /** Null when everything was understood. */
  readonly note: string | null;
}

/** Of what was not understood, as much is shown. */
const [MOST_SHOWN, LONGEST_SHOWN] = [3, 60];

/**
 * Reads a list. What is no address, network, domain or hash is passed over and counted; when that is the greater part, it is no list.
 *
 * @throws {AlertError} `PLUGIN_DATA_INVALID`, also for a list that is larger than allowed: a part of it is never taken for the whole.
 */
export const readList = async (
  chunks: AsyncIterable<Uint8Array>,
  format: ListFormat,
  { maxEntries, maxBytes }: ListBounds,
): Promise<ReadList> => {
  const indicators = new Indicators();
  const wrong: string[] = [];
  let [read, unread] = [0, 0];
  const unit = format.format === "json" ? "item" : "line";
  for await (const entries of entriesOf(bounded(chunks, maxBytes), format)) {
    for (const { text, at } of entries) {
      if (indicators.add(text)) read += 1;
      else {
        unread += 1;
        if (wrong.length < MOST_SHOWN) wrong.push(`${unit} ${at} ${JSON.stringify(text.slice(0, LONGEST_SHOWN))}`);
      }
      if (indicators.size > maxEntries)
        throw dataError(`it has more than the ${maxEntries} entries allowed (maxEntries).`);
    }
    // Others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const note =
    unread === 0
      ? null
      : `${unread} of ${read + unread} entries are no address, network, domain or hash: ${wrong.join(", ")}`;
  if (unread > read) throw dataError(`it is not a list: ${note ?? ""}.`);
  indicators.trim();
  return { indicators, note };
};

async function* bounded(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw dataError(`it has more than the ${maxBytes} bytes allowed (maxBytes).`);
    yield chunk;
  }
}
