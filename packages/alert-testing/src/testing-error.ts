/** Codes of {@link TestingError}; each is explained in `docs/errors.md`. */
export type TestingErrorCode =
  | "TEST_CASE_FAILED"
  | "TEST_EVENT_REFUSED"
  | "TEST_FETCH_UNEXPECTED"
  | "TEST_MUTANTS_SURVIVED"
  | "TEST_OPTION_INVALID"
  | "TEST_SITE_CLOSED"
  | "TEST_SUITE_INVALID"
  | "TEST_TIME_INVALID";

/** A test that is weak, was written wrongly, or failed. The message says what to add or what differs. */
export class TestingError extends Error {
  override readonly name = "TestingError";
  readonly code: TestingErrorCode;

  constructor(code: TestingErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
