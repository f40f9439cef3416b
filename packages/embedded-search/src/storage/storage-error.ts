/** Why a store on disk could not be opened or written. */
export type StorageErrorCode = "STORAGE_IN_USE" | "STORAGE_DAMAGED" | "STORAGE_UNKNOWN_FORMAT" | "STORAGE_WRITE_FAILED";

/** A fault in the file of a store. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Result codes of SQLite. */
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

const resultCode = (error: unknown): number | undefined => {
  const code: unknown = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code & 0xff : undefined;
};

export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY;

export const isDamage = (error: unknown): boolean => {
  const code = resultCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
};
