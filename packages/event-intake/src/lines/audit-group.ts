import { auditIdOf } from "./audit-record.ts";
import { readSyslogLine } from "./syslog-line.ts";

/** Lines of one event of auditd. */
export interface AuditLines {
  readonly text: string;
  /** Number of the first one. */
  readonly line: number;
}

/** More than auditd writes for a call with many arguments; what goes beyond is an event of its own. */
const MOST_LINES = 500;

const MOST_CHARACTERS = 512 * 1_024;

/** What became of a line. */
interface Pushed {
  /** Whether the line belongs to an event of auditd, which comes out later or now. */
  readonly isTaken: boolean;
  readonly complete: readonly AuditLines[];
}

const OF_OTHERS: Pushed = { isTaken: false, complete: [] };

/**
 * Puts the lines together that auditd writes for one event. They have its time and serial in common; in which order they come is
 * not said. Lines of others in between are not touched.
 */
export class AuditGroup {
  #id: string | undefined;
  #line = 0;
  #lines: string[] = [];
  #characters = 0;

  push(line: string, number: number): Pushed {
    const id = idOf(line);
    if (id === undefined) return OF_OTHERS;
    const isFull = this.#lines.length >= MOST_LINES || this.#characters + line.length > MOST_CHARACTERS;
    const before = id.key === this.#id && !isFull ? [] : this.end();
    if (this.#lines.length === 0) this.#line = number;
    this.#id = id.key;
    this.#lines.push(line);
    this.#characters += line.length;
    return { isTaken: true, complete: id.isEnd ? [...before, ...this.end()] : before };
  }

  /** The event that is not complete yet. */
  end(): readonly AuditLines[] {
    const complete = this.#lines.length === 0 ? [] : [{ text: this.#lines.join("\n"), line: this.#line }];
    this.#id = undefined;
    this.#lines = [];
    this.#characters = 0;
    return complete;
  }
}

/** Events of two hosts may have one serial. */
const idOf = (line: string): { readonly key: string; readonly isEnd: boolean } | undefined => {
  if (!line.includes("audit(")) return undefined;
  const bare = auditIdOf(line);
  if (bare !== undefined) return { key: `${bare.node ?? ""} ${bare.id}`, isEnd: bare.type === "EOE" };
  const syslog = readSyslogLine(line);
  const inner = syslog === null ? undefined : auditIdOf(syslog.message);
  if (inner === undefined) return undefined;
  return { key: `${String(syslog?.fields.hostname)} ${inner.node ?? ""} ${inner.id}`, isEnd: inner.type === "EOE" };
};
