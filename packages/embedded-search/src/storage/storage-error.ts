/** Why a store on disk could not be opened or written. */
export type StorageErrorCode =
  | "STORAGE_BACKUP_INVALID"
  | "STORAGE_DAMAGED"
  | "STORAGE_FULL"
  | "STORAGE_IN_USE"
  | "STORAGE_IN_MEMORY"
  | "STORAGE_NOT_EMPTY"
  | "STORAGE_UNKNOWN_FORMAT"
  | "STORAGE_WRITE_FAILED";

/** A fault in the file of a store. */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Found while the store is in use. Without the place of the store: the answer is for whoever asks. */
export const damagedPart = (what: string): StorageError =>
  new StorageError(
    "STORAGE_DAMAGED",
    `The store is damaged: ${what} has another checksum. Open it with the option recover (mozdef-embedded-search --recover) to continue with the documents that can still be read.`,
  );

/** Result codes of SQLite. */
const BUSY = 5;
const CORRUPT = 11;
const FULL = 13;
/** A file that may not grow, for lack of room or by a quota. */
const WRITE_REFUSED = 778;
const NOT_A_DATABASE = 26;

const extendedCode = (error: unknown): number | undefined => {
  const code: unknown = error instanceof Error && "errcode" in error ? error.errcode : undefined;
  return typeof code === "number" ? code : undefined;
};

const resultCode = (error: unknown): number | undefined => {
  const code = extendedCode(error);
  return code === undefined ? undefined : code & 0xff;
};

/** Whether it comes from SQLite, and not from what was to be written. */
export const isOfDatabase = (error: unknown): boolean => extendedCode(error) !== undefined;

/** Whether the disk has no room, which may change. */
export const isFull = (error: unknown): boolean => resultCode(error) === FULL || extendedCode(error) === WRITE_REFUSED;

export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY;

export const isDamage = (error: unknown): boolean => {
  const code = resultCode(error);
  return code === CORRUPT || code === NOT_A_DATABASE;
};
