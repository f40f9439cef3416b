/** Codes of {@link CreateError}; each is explained in `docs/errors.md`. */
export type CreateErrorCode =
  | "CREATE_CANCELLED"
  | "CREATE_EVENT_INVALID"
  | "CREATE_FILE_EXISTS"
  | "CREATE_INSTALL_FAILED"
  | "CREATE_NAME_INVALID"
  | "CREATE_OPTION_INVALID"
  | "CREATE_PACK_UNREADABLE"
  | "CREATE_PLACE_INVALID"
  | "CREATE_TEMPLATE_BROKEN";

/** Something that cannot be made as it was asked for. Nothing has been written, except for `CREATE_INSTALL_FAILED`. */
export class CreateError extends Error {
  override readonly name = "CreateError";
  readonly code: CreateErrorCode;

  constructor(code: CreateErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
