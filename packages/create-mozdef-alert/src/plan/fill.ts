import { CreateError } from "../create-error.ts";

/** A piece of a template, and what replaces it. */
export type Replacement = readonly [fragment: string, text: string];

/**
 * A template with its own words put in. What was put in is not looked at again, so that it may contain fragments itself.
 *
 * @param required - Fragments that have to occur exactly once.
 * @param words - Fragments that may occur any number of times.
 * @throws {CreateError} `CREATE_TEMPLATE_BROKEN`: the template and this code have grown apart.
 */
export const fill = (
  template: string,
  words: readonly Replacement[],
  required: readonly Replacement[] = [],
): string => {
  for (const [fragment] of required)
    if (template.split(fragment).length !== 2)
      throw new CreateError(
        "CREATE_TEMPLATE_BROKEN",
        `A template should have exactly one ${JSON.stringify(fragment)}. This is a mistake in create-mozdef-alert.`,
      );
  const texts = new Map([...words, ...required]);
  // The longest first: a fragment may be part of another.
  const fragments = [...texts.keys()].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    fragments.map((fragment) => fragment.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).join("|"),
    "g",
  );
  return template.replaceAll(pattern, (fragment) => texts.get(fragment) ?? fragment);
};
