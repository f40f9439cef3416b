/** Codes of {@link AlertError}; each is explained in `docs/errors.md`. */
export type AlertErrorCode =
  | "ACTION_INVALID"
  | "ALERT_CONFIG_INVALID"
  | "ALERT_DRAFT_INVALID"
  | "ALERT_EXCEPTION_INVALID"
  | "ALERT_FAILED"
  | "ALERT_FETCH_REFUSED"
  | "ALERT_HOOK_FAILED"
  | "ALERT_HOOK_MISSING"
  | "ALERT_KILLED"
  | "ALERT_NOT_A_TASK"
  | "ALERT_PLUGIN_FAILED"
  | "ALERT_REPORTED"
  | "ALERT_SEARCH_CUT"
  | "ALERT_SEARCH_INVALID"
  | "ALERT_SOURCE_UNKNOWN"
  | "ALERT_STATE_FOREIGN"
  | "ALERT_STATE_INVALID"
  | "ALERT_STORM"
  | "ALERT_SUSPENDED"
  | "ALERT_TIMEOUT"
  | "ALERT_VERSION_INCOMPATIBLE"
  | "PACK_ALERT_DUPLICATE"
  | "PACK_ALERT_NAME_MISMATCH"
  | "PACK_FIELD_CONFLICT"
  | "PACK_INVALID"
  | "PACK_PARSER_CONFLICT"
  | "PACK_RULE_INVALID"
  | "PACK_RULES_FAILED"
  | "PLUGIN_DATA_INVALID"
  | "PLUGIN_INVALID"
  | "SCHEDULE_INVALID"
  | "SOURCE_INVALID"
  | "TIME_INVALID";

/** Something that an alert, its configuration, its pack or its schedule did wrong. */
export class AlertError extends Error {
  override readonly name = "AlertError";
  readonly code: AlertErrorCode;

  constructor(code: AlertErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The message of whatever was thrown: alerts are other people's code and may throw anything. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
