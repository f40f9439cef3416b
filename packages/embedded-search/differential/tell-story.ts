import type { Caller } from "../scenarios/caller.ts";
import { asLines } from "../scenarios/line-difference.ts";
import { parseLossless } from "../scenarios/lossless-json.ts";
import { normalize } from "../scenarios/normalize.ts";
import type { JsonValue } from "../scenarios/scenario.ts";
import { mayLoseBuckets, withoutTermLimit } from "./known-differences.ts";
import type { Difference } from "./store-pair.ts";
import { beginning } from "./stories.ts";
import { type Answer, StorySide } from "./story-side.ts";
import type { StoryStep } from "./story-step.ts";

/** Pages that are read on to at most. */
const MOST_PAGES = 60;

/** Attempts to leave out steps of a story. */
const MOST_TRIES = 300;

/** What only the server may run into: too little memory, and a fault of its `composite` where values are missing. */
const FAULTS = ['"circuit_breaking_exception"', '"index_out_of_bounds_exception"'] as const;

/** Where two stores first answered a story differently. */
export interface StoryDifference extends Difference {
  readonly place: number;
}

const shown = ({ status, body }: Answer, { pit }: StoryStep): string => {
  const json = body === "" ? "" : normalize(parseLossless(body));
  return asLines({ status, body: pit === "searches" ? withoutPlaces(json) : json });
};

interface Sorted {
  readonly hits?: { readonly hits: readonly { readonly sort: readonly JsonValue[] }[] };
}

/** Each hit of a point in time says last where it is within the segments of its store. */
const withoutPlaces = (json: JsonValue): JsonValue => {
  const { hits } = json as Sorted;
  if (!hits) return json;
  const shownHits = hits.hits.map((hit) => ({ ...hit, sort: hit.sort.slice(0, -1) }));
  return { ...(json as object), hits: { ...hits, hits: shownHits } };
};

/** What the next page has to be asked with; undefined after the last one. */
const nextOf = (step: StoryStep, { body }: Answer): StoryStep | undefined => {
  const parsed = JSON.parse(body, keep) as {
    hits?: { hits?: readonly { sort?: unknown }[] };
    aggregations?: { a?: { after_key?: unknown } };
  };
  const request = step.body as { aggs?: { a: { composite: object } } };
  if (step.follow === "search_after") {
    const sort = parsed.hits?.hits?.at(-1)?.sort;
    return sort === undefined ? undefined : { ...step, body: { ...request, search_after: sort } };
  }
  const after = parsed.aggregations?.a?.after_key;
  if (after === undefined) return undefined;
  return { ...step, body: { ...request, aggs: { a: { composite: { ...request.aggs?.a.composite, after } } } } };
};

/** What a double would change goes on as it was written. */
const keep = (_key: string, value: unknown, context?: { source?: string }): unknown =>
  typeof value === "number" && context?.source !== undefined && String(value) !== context.source
    ? (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(context.source)
    : value;

/** How both answered. */
interface Compared {
  readonly answer: Answer;
  readonly second: Answer;
  readonly difference: Difference | undefined;
}

/** Two stores that are told the same. */
export class StoryPair {
  readonly #server: StorySide;
  readonly #embedded: StorySide;

  constructor(server: Caller, embedded: Caller) {
    this.#server = new StorySide(server);
    this.#embedded = new StorySide(embedded);
  }

  async drop(): Promise<void> {
    await Promise.all([this.#server.drop(), this.#embedded.drop()]);
  }

  async #both(step: StoryStep, second = step): Promise<readonly [server: Answer, embedded: Answer]> {
    return Promise.all([this.#server.ask(step), this.#embedded.ask(second)]);
  }

  async #step(step: StoryStep): Promise<Difference | undefined> {
    let next: StoryStep | undefined = step;
    let second: StoryStep | undefined = step;
    for (let page = 0; next !== undefined && page < MOST_PAGES; page++) {
      const first: Compared = await this.#compare(next, second);
      const asked: Compared = first.difference ? await this.#askAgain(next, first) : first;
      if (asked.difference) return asked.difference;
      if (!step.follow || asked.answer.status !== 200) return undefined;
      // Places within segments are of each store alone; else the server's own answer says what the next page is.
      second = step.pit ? nextOf(second ?? next, asked.second) : undefined;
      next = nextOf(next, asked.answer);
    }
    return undefined;
  }

  /** What is known to differ is asked for in a way that both have to answer equally. */
  async #askAgain(step: StoryStep, asked: Compared): Promise<Compared> {
    if (mayLoseBuckets(step)) {
      await this.#mergeSegments();
      return this.#compare(step);
    }
    const roomy = withoutTermLimit(step);
    return roomy ? { ...asked, difference: (await this.#compare(roomy)).difference } : asked;
  }

  async #compare(step: StoryStep, own?: StoryStep): Promise<Compared> {
    const [answer, second] = await this.#both(step, own);
    const [server, embedded] = [shown(answer, step), shown(second, step)];
    const isSame = server === embedded || FAULTS.some((fault) => server.includes(fault));
    return { answer, second, difference: isSame ? undefined : { server, embedded } };
  }

  /** Each index of the server has a single segment then, and both show everything that was written. */
  async #mergeSegments(): Promise<void> {
    await this.#server.ask({ method: "POST", path: "/scn-*/_forcemerge?max_num_segments=1" });
    await this.#both({ method: "POST", path: "/scn-*/_refresh" });
  }

  /** Tells a story from its beginning; stops where the answers differ. */
  async tell(steps: readonly StoryStep[]): Promise<StoryDifference | undefined> {
    await this.drop();
    for (const step of beginning) await this.#both(step);
    for (const [place, step] of steps.entries()) {
      const difference = await this.#step(step);
      if (difference) return { place, ...difference };
    }
    return undefined;
  }

  /** The shortest story found that is still answered differently at its end. */
  async shorten(steps: readonly StoryStep[], place: number): Promise<readonly StoryStep[]> {
    let story = steps.slice(0, place + 1);
    let tries = 0;
    for (let size = Math.ceil(story.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
      for (let start = story.length - 1 - size; start >= 0 && tries < MOST_TRIES; start -= size) {
        tries++;
        const fewer = story.filter((_, i) => i < start || i >= start + size);
        const found = await this.tell(fewer);
        if (found) story = fewer.slice(0, found.place + 1);
        start = Math.min(start, story.length - 1);
      }
    return story;
  }
}

/** A story as code that can be pasted into the scenarios. */
export const asSteps = (story: readonly StoryStep[]): string =>
  story
    .map(({ method, path, body, lines, follow, pit }) => {
      const sent = lines ? `, lines: ${JSON.stringify(lines)}` : body ? `, body: ${JSON.stringify(body)}` : "";
      const more = `${follow ? `, follow: "${follow}"` : ""}${pit ? `, pit: "${pit}"` : ""}`;
      return `    { method: "${method}", path: "${path}"${sent}${more} },`;
    })
    .join("\n");
