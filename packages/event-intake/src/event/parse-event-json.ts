/** Part of ECMAScript and of Node.js since 21, not yet of TypeScript's library. Without it numbers are as JavaScript has them. */
const { rawJSON: rawJson, isRawJSON: isRawJson = () => false } = JSON as unknown as {
  readonly rawJSON?: (text: string) => object;
  readonly isRawJSON?: (value: unknown) => boolean;
};

/** Whether JSON may have a number that JavaScript would not print back. Texts that look so only cost time. */
const MAY_LOSE_DIGITS = /[:,[\s]-?(?:[\d.]{16}|[\d.]+[eE])/;

/**
 * Parses the JSON of an event. A number with more digits than JavaScript keeps becomes a value that `JSON.stringify` prints with
 * all of them, see {@link isExactNumber}: it is stored as it was sent.
 *
 * @throws {SyntaxError} when the text is not JSON.
 */
export const parseEventJson = (text: string): unknown =>
  MAY_LOSE_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);

const keepDigits = (_key: string, value: unknown, context?: { readonly source?: string }): unknown => {
  if (typeof value !== "number" || context?.source === undefined || rawJson === undefined) return value;
  return String(value) === context.source ? value : rawJson(context.source);
};

/** Whether a value is a number that {@link parseEventJson} keeps as its text. */
export const isExactNumber = (value: unknown): boolean => isRawJson(value);
