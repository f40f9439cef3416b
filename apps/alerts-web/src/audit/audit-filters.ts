/** Which entries of the audit log are shown. Lives in the address of the page. */
export interface AuditFilters {
  readonly by: string;
  readonly action: string;
  readonly outcome: string;
  /** ISO 8601, or empty. */
  readonly since: string;
  readonly until: string;
}

const NAMES = ["by", "action", "outcome", "since", "until"] as const;

/** What can have come of something. */
export const OUTCOMES = [
  ["done", "Done"],
  ["refused", "Refused"],
  ["failed", "Failed"],
] as const;

/** An outcome for reading; one that is unknown is shown as it is. */
export const outcomeLabel = (outcome: string): string => OUTCOMES.find(([value]) => value === outcome)?.[1] ?? outcome;

/** Reads the filters from an address, e.g. `?by=ann&outcome=refused`. What is no filter becomes none. */
export const parseAuditFilters = (search: string): AuditFilters => {
  const params = new URLSearchParams(search);
  const text = (name: string): string => params.get(name)?.trim() ?? "";
  return {
    by: text("by"),
    action: text("action"),
    outcome: OUTCOMES.find(([value]) => value === text("outcome"))?.[0] ?? "",
    since: timeOf(text("since")),
    until: timeOf(text("until")),
  };
};

/** The query of filters, for the address and for the service: empty when there are none. */
export const formatAuditFilters = (filters: AuditFilters): string =>
  new URLSearchParams(NAMES.flatMap((name) => (filters[name] === "" ? [] : [[name, filters[name]]]))).toString();

/** A time of the address, which is in UTC unless it says otherwise: empty when there is none. */
export const timeOf = (text: string): string => {
  const hasZone = /(?:Z|[+-]\d\d:\d\d)$/i.test(text);
  const time = new Date(hasZone ? text : `${text}Z`);
  return text === "" || Number.isNaN(time.getTime()) ? "" : time.toISOString();
};

/** `createSilence` as people read it: `Create silence`. */
export const readable = (action: string): string => {
  const words = action.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
