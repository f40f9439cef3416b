/**
 * Says when a stage is over, by a signal that is made once somebody asks for it. Most alerts never do, and signals that follow others
 * cost more than the rest of a quiet run.
 */
export class StageSignal {
  readonly #outer: AbortSignal | undefined;
  #own: AbortController | undefined;
  #signal: AbortSignal | undefined;
  #end: { readonly reason: unknown } | null = null;

  /** @param outer - What ends the stage, too. Default: nothing. */
  constructor(outer?: AbortSignal) {
    this.#outer = outer;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= this.#make());
  }

  abort(reason: unknown): void {
    this.#end ??= { reason };
    this.#own?.abort(reason);
  }

  #make(): AbortSignal {
    const own = new AbortController();
    this.#own = own;
    if (this.#end !== null) own.abort(this.#end.reason);
    return this.#outer === undefined ? own.signal : AbortSignal.any([own.signal, this.#outer]);
  }
}
