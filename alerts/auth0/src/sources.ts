import { byCodePoint, distinct, type Hit } from "@mozdef/alert";

/** How many addresses a summary names. */
const SHOWN = 10;

/** The first ten source addresses in order; `...` says that ten or more are involved (MozDef also says so at exactly ten). */
export const sourcesOf = (events: readonly Hit[]): string => {
  const addresses = [...distinct(events, "details.sourceipaddress")].sort(byCodePoint);
  return `${addresses.slice(0, SHOWN).join(", ")}${addresses.length >= SHOWN ? "..." : ""}`;
};
