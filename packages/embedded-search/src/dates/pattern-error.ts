/** Why a text is no date format, in Java's words. */
export class PatternError extends Error {
  readonly code: string = "DATE_PATTERN";
}
