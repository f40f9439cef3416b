import { preview } from "@mozdef/query/tools";
import type { EventParser } from "./event-parser.ts";
import { packError } from "./pack-error.ts";

/** A name that stays readable in metrics and in events. */
const NAME = /^[a-z0-9][a-z0-9-]{0,49}$/;

/**
 * The parsers of a pack, checked; none when the pack gives none.
 *
 * @throws {AlertError} `PACK_INVALID`.
 */
export const readParsers = (source: string, parsers: unknown): readonly EventParser[] => {
  if (parsers === undefined) return Object.freeze([]);
  if (!Array.isArray(parsers)) throw packError(source, `"parsers" is not a list. Received: ${preview(parsers)}`);
  const names = new Set<string>();
  for (const [index, parser] of (parsers as readonly unknown[]).entries()) {
    const { name } = checkParser(source, index, parser);
    if (names.has(name)) throw packError(source, `"parsers" has two of the name ${JSON.stringify(name)}`);
    names.add(name);
  }
  return Object.freeze([...(parsers as readonly EventParser[])]);
};

const checkParser = (source: string, index: number, parser: unknown): EventParser => {
  const where = `parsers[${index}]`;
  if (typeof parser !== "object" || parser === null)
    throw packError(
      source,
      `${where} is not a parser. Expected: { name, recognise, parse }. Received: ${preview(parser)}`,
    );
  const { name, recognise, parse } = parser as Readonly<Record<keyof EventParser, unknown>>;
  if (typeof name !== "string" || !NAME.test(name))
    throw packError(
      source,
      `${where}.name is not a name. Expected: small letters, digits and hyphens. Received: ${preview(name)}`,
    );
  for (const [key, value] of Object.entries({ recognise, parse }))
    if (typeof value !== "function")
      throw packError(source, `${where}.${key} (${name}) is not a function. Received: ${preview(value)}`);
  return parser as EventParser;
};
