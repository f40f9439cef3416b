/**
 * What an alert is expected to be. Objects are compared key by key, so only what is named counts; lists as a whole.
 * A regular expression stands for any text that it matches; matchers of a test runner (`expect.any(...)`) work, too.
 */
export type ExpectedAlert = Readonly<Record<string, unknown>>;

/** A request that a plugin, an action or the alert itself is expected to make. Compared as {@link ExpectedAlert}. */
export type ExpectedRequest = Readonly<Record<string, unknown>>;
