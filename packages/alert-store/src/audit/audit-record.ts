/** Something that was changed, or that somebody was refused. */
export interface AuditRecord {
  /** When it was done, in ISO 8601. */
  readonly utctimestamp: string;
  /** The name of the route, or of another way of doing something. */
  readonly action: string;
  /** Who. */
  readonly by: string;
  /** How they had signed in. */
  readonly via: string;
  /** From where, as the service sees it. */
  readonly address: string;
  readonly outcome: "done" | "refused" | "failed";
  /** Of the HTTP answer. */
  readonly status: number;
  /** Of the error; null when there was none. */
  readonly code: string | null;
  /** What was changed. */
  readonly target: string | null;
  /** What was asked for. Whoever writes it takes secrets out. */
  readonly detail: Readonly<Record<string, unknown>>;
  /** How often the same was refused. */
  readonly times: number;
}

/** A record as it is stored. */
export interface StoredAudit extends AuditRecord {
  /** Its own, which is no other's. */
  readonly id: string;
}
