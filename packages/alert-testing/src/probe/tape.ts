import type { AlertContext } from "@mozdef/alert";
import { copyOfFound, type CountEvents } from "@mozdef/alert/runtime";

/** A context that remembers what the outside world answered, and one that answers the same again. */
export interface Tape<Context extends AlertContext> {
  readonly recording: Context;
  readonly replaying: Context;
  /** What either of them was asked to store. */
  readonly stored: { readonly recording: readonly unknown[]; readonly replaying: readonly unknown[] };
}

/** Answers by kind of question, in the order asked. */
class Answers {
  readonly #given: Promise<unknown>[] = [];
  #next = 0;

  record<T>(answer: Promise<T>, copy: (value: T) => T): Promise<T> {
    const kept = answer.then(copy);
    // Whoever asked gets the error; the copy may never be read.
    kept.catch(() => undefined);
    this.#given.push(kept);
    return answer;
  }

  /** What is asked for the first time now is really asked: the difference shows in the result. */
  replay<T>(ask: () => Promise<T>): Promise<T> {
    const given = this.#given[this.#next++];
    return given === undefined ? ask() : (given as Promise<T>);
  }
}

/** Both forms of `count` by one function. */
const asCount = (ask: (...asked: Parameters<CountEvents>) => Promise<unknown>): CountEvents => ask as CountEvents;

/** Wraps a context so that the same hook can be called twice with the same world around it. */
export const tapeOf = <Context extends AlertContext>(context: Context): Tape<Context> => {
  const answers = {
    fetch: new Answers(),
    dns: new Answers(),
    search: new Answers(),
    count: new Answers(),
    get: new Answers(),
    find: new Answers(),
  };
  const stored = { recording: [] as unknown[], replaying: [] as unknown[] };
  const record = <T>(kind: keyof typeof answers, answer: Promise<T>): Promise<T> =>
    answers[kind].record(answer, (value) => structuredClone(value));
  const recording: Context = {
    ...context,
    fetch: async (input, init) => {
      const response = await answers.fetch.record(context.fetch(input, init), (given) => given.clone());
      return response;
    },
    dns: { reverse: (address) => record("dns", context.dns.reverse(address)) },
    search: (query, options) => answers.search.record(context.search(query, options), copyOfFound),
    count: asCount((...asked) => record("count", context.count(...asked) as Promise<unknown>)),
    state: {
      get: (index, id) => record("get", context.state.get(index, id)),
      find: (index, query, options) => record("find", context.state.find(index, query, options)),
      put: (index, id, document) => {
        stored.recording.push([index, id, document]);
        context.state.put(index, id, document);
      },
    },
  };
  const replaying: Context = {
    ...context,
    // The first call has said it.
    report: () => undefined,
    fetch: (input, init) => answers.fetch.replay(() => context.fetch(input, init)),
    dns: { reverse: (address) => answers.dns.replay(() => context.dns.reverse(address)) },
    search: (query, options) => answers.search.replay(() => context.search(query, options)),
    count: asCount((...asked) => answers.count.replay(() => context.count(...asked) as Promise<unknown>)),
    state: {
      get: (index, id) => answers.get.replay(() => context.state.get(index, id)),
      find: (index, query, options) => answers.find.replay(() => context.state.find(index, query, options)),
      put: (index, id, document) => void stored.replaying.push([index, id, document]),
    },
  };
  return { recording, replaying, stored };
};
