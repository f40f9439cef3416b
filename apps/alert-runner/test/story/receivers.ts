import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { ROUTING_KEY } from "./site.ts";

export type TargetName = "chat" | "pager" | "mail";

/** A message that a receiver has taken. */
export interface Told {
  readonly target: TargetName;
  readonly key: string;
  readonly event: string;
  /** When it was answered, in milliseconds. */
  readonly at: number;
  /** What people read. */
  readonly text: string;
  /** Ids of the alerts in it; only the mail says them. */
  readonly alerts: readonly string[];
  /** What PagerDuty knows it by. */
  readonly incident: string | null;
}

type Json = Readonly<Record<string, unknown>>;
type Read = Pick<Told, "text" | "alerts" | "incident">;

/** What each of them takes, and answers. Whatever it does not take is wrong: the services themselves would refuse it for good. */
const READERS: Readonly<Record<TargetName, (body: Json) => Read | null>> = {
  chat: ({ text, blocks }) => {
    const isText = typeof text === "string" && text !== "";
    const isBlocks = Array.isArray(blocks) && blocks.every((block: Json) => typeof block.type === "string");
    return isText && isBlocks ? { text, alerts: [], incident: null } : null;
  },
  pager: ({ routing_key, event_action, dedup_key, payload }) => {
    if (routing_key !== ROUTING_KEY || typeof dedup_key !== "string" || dedup_key.length > 255) return null;
    const { summary, source, severity } = (payload ?? {}) as Json;
    const isWhole = [summary, source].every((one) => typeof one === "string" && one !== "");
    const isSeverity = ["critical", "error", "warning", "info"].includes(String(severity));
    if (event_action === "trigger" ? !(isWhole && isSeverity) : payload !== undefined) return null;
    return { text: `${dedup_key} ${String(summary ?? event_action)}`, alerts: [], incident: dedup_key };
  },
  mail: ({ id, alert, alertCount, alerts }) => {
    const all = (alerts ?? [{ id }]) as readonly { readonly id: string }[];
    if (all.length !== alertCount) return null;
    return { text: (alert as { readonly summary: string }).summary, alerts: all.map((one) => one.id), incident: null };
  },
};

const ANSWERS: Readonly<Record<TargetName, readonly [status: number, body: string]>> = {
  chat: [200, "ok"],
  pager: [202, JSON.stringify({ status: "success", message: "Event processed" })],
  mail: [200, "{}"],
};

/** Slack, PagerDuty and a mail box, as far as the service sees of them. */
export class Receivers {
  readonly told: Told[] = [];
  /** Messages that none of them would take. */
  readonly wrong: string[] = [];
  /** Whether the chat is away: of two messages one is not answered, and the other one with 503. */
  isChatDown = false;
  turnedAway = 0;
  /** Told the process that has sent it as soon as a message is answered, before the process can record that. */
  onAnswered: (pid: number) => void = () => undefined;
  readonly #server = createServer((incoming, answer) => void this.#take(incoming, answer));

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Messages to a target about an event whose text has a part. */
  about(target: TargetName, event: string, part: string): readonly Told[] {
    return this.told.filter((one) => one.target === target && one.event === event && one.text.includes(part));
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }

  async #take(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const target = (incoming.url ?? "").slice(1) as TargetName;
    const header = (name: string): string => String(incoming.headers[`story-${name}`]);
    // Whoever was killed while it sent has sent nothing.
    const sent = await text(incoming).catch(() => null);
    if (sent === null) return;
    if (target === "chat" && this.isChatDown) {
      this.turnedAway += 1;
      if (this.turnedAway % 2 === 0) answer.writeHead(503).end();
      return;
    }
    const read = READERS[target](JSON.parse(sent) as Json);
    if (read === null) this.wrong.push(`${target} ${sent}`);
    else this.told.push({ target, key: header("key"), event: header("event"), at: Date.now(), ...read });
    const [status, body] = read === null ? [400, "invalid_payload"] : ANSWERS[target];
    answer.writeHead(status, { "content-type": "application/json" });
    answer.end(body, () => this.onAnswered(Number(header("sender"))));
  }
}
