/** What people should know about an alert. Lint checks it, the API and the pages show it, the docs are printed from it. */
export interface AlertAbout {
  /** What the alert detects, in one sentence. */
  readonly description: string;
  /**
   * One of `SEVERITIES`; a list when it depends on the event, the usual one first. Where configuration sets it, its
   * default. Left out when each rule has its own.
   */
  readonly severity?: string | readonly string[];
  /** Techniques of MITRE ATT&CK, such as `T1110` or `T1110.001`. Default: none. */
  readonly attack?: readonly string[];
  /** What fires it without an attack. Default: nothing is known. */
  readonly falsePositives?: readonly string[];
  /** What to do when it fires: a text, or steps in order. Markdown; links are relative to the README of the alert. */
  readonly triage?: string | readonly string[];
  /** Addresses to read on at. */
  readonly references?: readonly string[];
  /** Names of alerts that see nothing that this one does not see. */
  readonly replaces?: readonly string[];
}
