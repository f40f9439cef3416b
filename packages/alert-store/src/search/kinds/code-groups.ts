import type { AggregationSearch, Hit } from "@mozdef/alert";
import { type EventIds, type Group, timeField } from "@mozdef/alert/runtime";
import { eventPages } from "../../requests/event-pages.ts";
import { eventsSearch, isWhole } from "../../requests/events-search.ts";
import { hitOf } from "../../requests/hits.ts";
import { KeptEvents } from "../../requests/kept-events.ts";
import { WHOLE } from "./group-events.ts";
import { theOnly } from "./rounds.ts";
import type { AskedSearch } from "./search-kind.ts";
import type { Answered } from "../../requests/answers.ts";
import type { BatchedSearch } from "../../requests/msearch.ts";

/** Characters of whole events that all groups hold together, about; of further ones only ids are kept. */
const MOST_WEIGHT = 32 * 1_024 * 1_024;

/** Groups that the code of an alert makes: every event found goes through it, page by page. */
export async function* codeGroups(
  asked: AskedSearch<AggregationSearch>,
): AsyncGenerator<readonly BatchedSearch[], readonly Group[], readonly Answered[]> {
  const { store, planned, query, keysOf } = asked;
  const { source, search } = planned;
  const first = theOnly(yield [eventsSearch(source, query)]);
  const groups = new CodeGroups(search.samplesLimit, timeField(source));
  if (isWhole(first)) {
    const hits = first.answer.hits.hits.map((hit) => hitOf(hit, store.names, source));
    if (hits.length > 0) groups.add(hits, await keysOf(planned, hits));
  } else for await (const hits of eventPages(store, source, query)) groups.add(hits, await keysOf(planned, hits));
  return groups.atLeast(search.threshold);
}

class CodeGroups {
  readonly #samples: number;
  readonly #timeField: string;
  readonly #groups = new Map<string, { readonly kept: KeptEvents; readonly further: Map<string, string[]> }>();
  #weight = 0;

  constructor(samples: number, time: string) {
    this.#samples = samples;
    this.#timeField = time;
  }

  add(hits: readonly Hit[], keys: readonly (readonly string[])[]): void {
    const members = new Map<string, Hit[]>();
    for (const [index, hit] of hits.entries())
      for (const key of new Set(keys[index] ?? [])) {
        const own = members.get(key);
        if (own === undefined) members.set(key, [hit]);
        else own.push(hit);
      }
    for (const [key, own] of members) this.#addTo(key, own);
  }

  #addTo(key: string, hits: readonly Hit[]): void {
    const group = this.#groups.get(key) ?? {
      kept: new KeptEvents(this.#samples, this.#timeField),
      further: new Map<string, string[]>(),
    };
    this.#groups.set(key, group);
    const { kept, further } = group;
    const room = this.#weight < MOST_WEIGHT || kept.length === 0 ? Math.max(0, WHOLE - kept.length) : 0;
    const before = kept.weight;
    kept.add(hits.slice(0, room));
    this.#weight += kept.weight - before;
    for (const { _index, _id } of hits.slice(room)) {
      const ids = further.get(_index);
      if (ids === undefined) further.set(_index, [_id]);
      else ids.push(_id);
    }
  }

  atLeast(threshold: number): readonly Group[] {
    return [...this.#groups].flatMap(([key, { kept, further }]) => {
      const ids: readonly EventIds[] = [...further].map(([index, own]) => ({ index, ids: own }));
      const count = ids.reduce((sum, one) => sum + one.ids.length, kept.length);
      return count < threshold ? [] : [{ keys: [key], events: kept.all(), ...(ids.length > 0 && { further: ids }) }];
    });
  }
}
