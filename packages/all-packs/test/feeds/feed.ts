/** A log as a product or a shipper writes it, beside this file, and what comes of it. */
export interface Feed {
  readonly file: string;
  /** For people: who writes it, and by which way it comes. */
  readonly what: string;
  /** How many events it holds. */
  readonly events: number;
  /** The parsers that understand it, the outermost first. */
  readonly parsers: readonly string[];
  /** What each event has; names with dots lead below `details`. */
  readonly all?: Readonly<Record<string, unknown>>;
  /** What the first event has beside it. */
  readonly first: Readonly<Record<string, unknown>>;
  /** The alerts of the shipped packs that it sets off, by name, each as often as it does. */
  readonly alerts: readonly string[];
}
