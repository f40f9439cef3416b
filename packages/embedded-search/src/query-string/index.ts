export { bindQueryString, type QueryCheck } from "./expand-query-string.ts";
export { parseQueryString } from "./query-parser.ts";
export { QuerySyntaxError } from "./query-syntax-error.ts";
export { readQueryString } from "./read-query-string.ts";
