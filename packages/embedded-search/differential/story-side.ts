import type { Call, Caller } from "../scenarios/caller.ts";
import type { StoryStep } from "./story-step.ts";

/** What a store answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Instead of a request that there is no point in time for. */
const NOT_ASKED: Answer = { status: 0, body: "" };

/** What every story leaves behind. */
const LEFT = ["/scn-a1,scn-a2,scn-b,scn-made0,scn-made1?ignore_unavailable=true", "/_index_template/scn-made"] as const;

const callOf = ({ method, path, body, lines }: StoryStep): Call => ({
  method,
  path,
  body: lines ? lines.map((line) => `${JSON.stringify(line)}\n`).join("") : body && JSON.stringify(body),
  contentType: lines ? "application/x-ndjson" : "application/json",
});

/** One of the stores that are told a story, with what it alone has named. */
export class StorySide {
  readonly #caller: Caller;
  #pit: string | undefined;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  async ask(step: StoryStep): Promise<Answer> {
    if (step.pit === "opens") await this.#close();
    if (step.pit === "searches" && this.#pit === undefined) return NOT_ASKED;
    const body = step.pit === "searches" ? { ...step.body, pit: { id: this.#pit } } : step.body;
    const answer = await this.#caller(callOf({ ...step, body }));
    if (step.pit !== "opens" || answer.status !== 200) return answer;
    const { id, ...others } = JSON.parse(answer.body) as { readonly id: string };
    this.#pit = id;
    return { ...answer, body: JSON.stringify(others) };
  }

  async #close(): Promise<void> {
    if (this.#pit === undefined) return;
    await this.#caller(callOf({ method: "DELETE", path: "/_pit", body: { id: this.#pit } }));
    this.#pit = undefined;
  }

  /** Forgets all of a story. */
  async drop(): Promise<void> {
    await this.#close();
    for (const path of LEFT) await this.#caller(callOf({ method: "DELETE", path }));
  }
}
