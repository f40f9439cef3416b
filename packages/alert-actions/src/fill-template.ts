import { fit } from "./alert-text.ts";

/** Data in which texts may have placeholders: `"{{title}}"`, `"{{text:1000}}"`, `"{{alert.details.owner}}"`. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

/** A name, a path behind it, and the most characters. */
const PLACEHOLDER = /\{\{\s*([a-z]\w{0,50})((?:\.[\w@-]{1,100}){0,20})\s*(?::\s*([1-9]\d{0,5})\s*)?\}\}/gi;

/** What looks like a placeholder. */
const ANY = /\{\{.{0,200}?\}\}/g;

/** What is wrong with the placeholders of a template; null when nothing is. */
export const templateProblem = (template: Template, known: readonly string[]): string | null => {
  for (const text of textsOf(template))
    for (const [found] of text.matchAll(ANY)) {
      const [match] = found.matchAll(PLACEHOLDER);
      const [whole, name = "", path = ""] = match ?? [];
      const isKnown = name === "alert" ? path !== "" : path === "" && known.includes(name);
      if (whole !== found || !isKnown)
        return `${JSON.stringify(found)} is no placeholder: expected {{name}} or {{name:most}}, with one of ${known.join(", ")} or alert.<path>`;
    }
  return null;
};

const textsOf = (template: Template): readonly string[] => {
  if (typeof template === "string") return [template];
  return typeof template === "object" && template !== null ? Object.values<Template>(template).flatMap(textsOf) : [];
};

/**
 * A template as data. A text that is nothing but a placeholder becomes the value itself, whatever its type, null when there is none; in a longer text
 * it becomes text. Since the outcome is data, nothing that comes from an event can end a text or add a key.
 *
 * @param escape - Of texts that are filled in, character by character.
 */
export const fillTemplate = (
  template: Template,
  values: ReadonlyMap<string, unknown>,
  escape: (text: string) => string = String,
): unknown => {
  if (typeof template === "string") return filled(template, values, escape);
  if (Array.isArray(template)) return template.map((part: Template) => fillTemplate(part, values, escape));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries<Template>(template as Readonly<Record<string, Template>>).map(([key, part]) => [
      key,
      fillTemplate(part, values, escape),
    ]),
  );
};

/** In characters: of what has no bound of its own. */
const LONGEST = 1_000_000;

const filled = (text: string, values: ReadonlyMap<string, unknown>, escape: (text: string) => string): unknown => {
  const [first, ...more] = text.matchAll(PLACEHOLDER);
  if (first === undefined) return text;
  const [whole, name = "", path = "", most] = first;
  const value = valueAt(values, name, path);
  if (more.length === 0 && whole === text && typeof value !== "string" && most === undefined) return value;
  return text.replaceAll(PLACEHOLDER, (_, key: string, keyPath: string, bound: string | undefined) =>
    fit(asText(valueAt(values, key, keyPath)), Number(bound ?? LONGEST), escape),
  );
};

const asText = (value: unknown): string => {
  if (typeof value === "string") return value;
  return value === null ? "" : JSON.stringify(value);
};

/** Own keys only: `constructor` of an alert is nothing. */
const valueAt = (values: ReadonlyMap<string, unknown>, name: string, path: string): unknown =>
  path
    .split(".")
    .slice(1)
    .reduce<unknown>(
      (value, key) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, key)
          ? (value as Readonly<Record<string, unknown>>)[key]
          : null,
      values.get(name) ?? null,
    );
