import ipaddr from "ipaddr.js";
import { isClause } from "./clause-kinds.ts";
import type { Clause, Scalar } from "./clauses.ts";
import type { Bound } from "./fields/bound.ts";
import { preview, QueryError } from "./query-error.ts";

export const checkScalar = (clause: string, value: unknown): Scalar => {
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `${clause} needs a string, a finite number or a boolean. Received: ${preview(value)}.`,
  );
};

export const checkText = (clause: string, value: unknown): string => {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new QueryError("QUERY_VALUE_INVALID", `${clause} needs a non-empty string. Received: ${preview(value)}.`);
};

export const readBound = (clause: string, value: unknown): Bound => {
  if (value instanceof Date ? !Number.isNaN(value.getTime()) : typeof value === "string" && value !== "")
    return value as Bound;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `${clause} needs a valid Date, a non-empty string or a finite number as a bound. Received: ${preview(value)}.`,
  );
};

/** Nothing, unless case is to be ignored: so that equal clauses are equal data. */
export const readCase = (clause: string, options: unknown): { readonly ignoreCase?: true } => {
  if (options === undefined) return {};
  const known =
    typeof options === "object" && options !== null && Object.keys(options).every((key) => key === "ignoreCase");
  const value = known && "ignoreCase" in options ? options.ignoreCase : undefined;
  if (known && (value === undefined || typeof value === "boolean")) return value === true ? { ignoreCase: true } : {};
  throw new QueryError(
    "QUERY_VALUE_INVALID",
    `${clause} needs options such as { ignoreCase: true }. Received: ${preview(options)}.`,
  );
};

export const checkScalars = (clause: string, values: unknown): readonly Scalar[] => {
  if (!Array.isArray(values) || values.length === 0)
    throw new QueryError(
      "QUERY_VALUES_EMPTY",
      `${clause} needs a list of at least one value: an empty list matches nothing. Leave the search out instead. Received: ${preview(values)}.`,
    );
  return values.map((value) => checkScalar(clause, value));
};

/** The network in its canonical form. Host bits that are set are refused: they are almost always a typing error. */
export const checkCidr = (cidr: unknown): string => {
  const parsed = typeof cidr === "string" && ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : undefined;
  if (parsed === undefined || (parsed[0].kind() === "ipv4" && !ipaddr.IPv4.isValidFourPartDecimal(addressOf(cidr))))
    throw cidrError("an address and a prefix length such as 10.0.0.0/8 or 2001:db8::/32", cidr);
  const [address, bits] = parsed;
  const network = `${networkOf(address, bits).toString()}/${bits}`;
  if (`${address.toString()}/${bits}` !== network) throw cidrError(`no host bits set, so ${network}`, cidr);
  return network;
};

const addressOf = (cidr: unknown): string => String(cidr).split("/")[0] ?? "";

const networkOf = (address: ipaddr.IPv4 | ipaddr.IPv6, bits: number): ipaddr.IPv4 | ipaddr.IPv6 =>
  ipaddr.fromByteArray(
    address.toByteArray().map((byte, index) => byte & (0xff << Math.min(8, Math.max(0, 8 - (bits - index * 8))))),
  );

const cidrError = (expected: string, cidr: unknown): QueryError =>
  new QueryError("QUERY_CIDR_INVALID", `SubnetMatch needs ${expected}. Received: ${preview(cidr)}.`);

/** Checks that every element is a clause; anything else (undefined from a forgotten return, a plain string) is reported with its position. */
export const checkClauses = (list: string, clauses: readonly unknown[]): readonly Clause[] =>
  Object.freeze(
    clauses.map((clause, index) => {
      if (isClause(clause)) return clause;
      throw new QueryError(
        "QUERY_CLAUSE_INVALID",
        `${list} needs clauses such as TermMatch("category", "syslog"). Received at position ${index}: ${preview(clause)}.`,
      );
    }),
  );
