import { CreateError } from "../create-error.ts";

const RULE = 'Letters, digits, spaces and "_ - . : / @", at most 100 characters, e.g. "authentication".';

/**
 * The category of events, as it stands in code and documents.
 *
 * @throws {CreateError} `CREATE_OPTION_INVALID` with the rule.
 */
export const eventCategory = (text: string): string => {
  if (/^[\p{L}\p{N}_.:/@-](?:[\p{L}\p{N} _.:/@-]{0,98}[\p{L}\p{N}_.:/@-])?$/u.test(text)) return text;
  throw new CreateError(
    "CREATE_OPTION_INVALID",
    `This is not a category of events: ${JSON.stringify(text.slice(0, 120))}.\n${RULE}`,
  );
};
