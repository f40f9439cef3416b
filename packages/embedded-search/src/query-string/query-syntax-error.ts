/** A query string that does not follow the grammar. */
export class QuerySyntaxError extends Error {
  override readonly name = "QuerySyntaxError";
  /** `token_mgr_error` when no token starts at a place, `parse_exception` when a token is misplaced. */
  readonly code: "token_mgr_error" | "parse_exception";

  constructor(code: "token_mgr_error" | "parse_exception", message: string) {
    super(message);
    this.code = code;
  }
}

/** Shows text inside an error message: quotes, control and non-ASCII characters escaped. */
export const shown = (text: string): string => {
  const short = new Map([
    ["\b", "\\b"],
    ["\t", "\\t"],
    ["\n", "\\n"],
    ["\f", "\\f"],
    ["\r", "\\r"],
    ['"', '\\"'],
    ["'", "\\'"],
    ["\\", "\\\\"],
  ]);
  const unit = (character: string): string =>
    short.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return text.replace(/[^\x20-\x7e]|["'\\]/g, unit);
};
