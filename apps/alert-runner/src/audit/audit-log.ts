import type { Clock } from "@mozdef/alert-engine";
import { type AlertStore, appendAudit, type AuditRecord } from "@mozdef/alert-store";
import type { FastifyBaseLogger } from "fastify";

/** What is noted of something that was done or refused. */
export type AuditNote = Omit<AuditRecord, "utctimestamp" | "times">;

/** Where changes and refusals are noted. Never throws: what could not be stored is in the log of the service, whole. */
export interface AuditLog {
  readonly note: (note: AuditNote) => Promise<void>;
  /** As `note`, but what is refused again and again from one place is noted once a minute, with its number. */
  readonly noteRefusal: (note: AuditNote) => Promise<void>;
}

const AGAIN_MS = 60_000;

/** Refusals that are told apart at once; beyond them the oldest is written. */
const MOST_REFUSALS = 1_000;

interface Repeated {
  readonly note: AuditNote;
  readonly since: number;
  readonly times: number;
}

/** The audit log in the store. */
export const storedAuditLog = (
  store: AlertStore,
  clock: Pick<Clock, "now">,
  log: Pick<FastifyBaseLogger, "error">,
): AuditLog => {
  const repeated = new Map<string, Repeated>();
  const write = async (note: AuditNote, times: number): Promise<void> => {
    const record = { ...note, utctimestamp: clock.now().toISOString(), times };
    try {
      await appendAudit(store, record);
    } catch (err) {
      log.error({ err, audit: record }, "cannot add to the audit log");
    }
  };
  /** Those whose minute is over, and the oldest when there are too many. */
  const settle = async (): Promise<void> => {
    const now = clock.now().getTime();
    for (const [key, { note, since, times }] of repeated) {
      if (Math.abs(now - since) < AGAIN_MS && repeated.size <= MOST_REFUSALS) continue;
      repeated.delete(key);
      if (times > 0) await write(note, times);
    }
  };
  return {
    note: async (note) => {
      await settle();
      await write(note, 1);
    },
    noteRefusal: async (note) => {
      await settle();
      const key = JSON.stringify([note.address, note.action, note.by, note.via, note.code]);
      const before = repeated.get(key);
      repeated.set(key, {
        note,
        since: before?.since ?? clock.now().getTime(),
        times: before === undefined ? 0 : before.times + 1,
      });
      if (before === undefined) await write(note, 1);
    },
  };
};
