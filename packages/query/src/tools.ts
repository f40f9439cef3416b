export { compileClause, describeClause } from "./clause-kinds.ts";
export { compileWindow } from "./compile.ts";
export { FIELD_KINDS } from "./fields/field-kind.ts";
export { preview } from "./query-error.ts";
export { queryOf } from "./search-query.ts";
export { fieldIn, standInFor } from "./translate/stand-in.ts";
export { translateQuery } from "./translate/translate-query.ts";
export { durationMs } from "./window.ts";
