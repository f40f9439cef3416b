import type { Clause, RangeClause } from "@mozdef/query";

/** A partial event as source text, for suggestions: `{ details: { program: "other" } }`. */
export const eventText = (path: string, value: string): string => {
  const [top, ...rest] = path.split(".");
  const inner =
    rest.length === 0 ? value : `{ ${JSON.stringify(rest.join(".")).replace(/^"(\w+)"$/, "$1")}: ${value} }`;
  return `{ ${top ?? path}: ${inner} }`;
};

/** An event that does not fit a clause but is otherwise like the firing ones. */
export const misfitOf = (clause: Clause): string => {
  switch (clause.kind) {
    case "exists":
      return eventText(clause.field, "undefined");
    case "term":
    case "terms":
    case "phrase":
    case "wildcard":
    case "prefix":
    case "regexp":
      return eventText(clause.field, '"something else"');
    case "subnet":
      return eventText(clause.field, '"192.0.2.1"');
    case "lessThan":
      return eventText(clause.field, `<not less than ${textOf(clause.value)}>`);
    case "range":
      return eventText(clause.field, `<not ${rangeText(clause)}>`);
    case "queryString":
      return `<an event that ${JSON.stringify(clause.query)} does not find>`;
    case "boolean":
      return "<an event that the combination does not find>";
  }
};

/** An event that fits a clause. */
export const fitOf = (clause: Clause): string => {
  switch (clause.kind) {
    case "exists":
      return eventText(clause.field, '"something"');
    case "term":
    case "phrase":
      return eventText(clause.field, textOf(clause.value));
    case "terms":
      return eventText(clause.field, textOf(clause.values[0]));
    case "wildcard":
      return eventText(clause.field, `<fits ${JSON.stringify(clause.pattern)}>`);
    case "prefix":
      return eventText(clause.field, textOf(clause.text));
    case "regexp":
      return eventText(clause.field, `<fits /${clause.pattern}/>`);
    case "subnet":
      return eventText(clause.field, `<an address in ${clause.cidr}>`);
    case "lessThan":
      return eventText(clause.field, `<less than ${textOf(clause.value)}>`);
    case "range":
      return eventText(clause.field, fitOfRange(clause));
    case "queryString":
      return `<an event that ${JSON.stringify(clause.query)} finds>`;
    case "boolean":
      return "<an event that the combination finds>";
  }
};

const textOf = (value: unknown): string => JSON.stringify(value);

/** A bound that is part of the range is the easiest value. */
const fitOfRange = (clause: RangeClause): string => {
  const inclusive = clause.gte ?? clause.lte;
  return inclusive === undefined ? `<${rangeText(clause)}>` : textOf(inclusive);
};

const SIGNS = { gt: "greater than", gte: "at least", lt: "less than", lte: "at most" } as const;

/** `at least 1 and less than 5` */
const rangeText = (clause: RangeClause): string =>
  (["gt", "gte", "lt", "lte"] as const)
    .filter((name) => clause[name] !== undefined)
    .map((name) => `${SIGNS[name]} ${textOf(clause[name])}`)
    .join(" and ");
