/** What the exit code of the command means. */
export const EXIT = {
  /** Done; nothing was found. */
  ok: 0,
  /** Done, and something was found: survivors below the score, lint problems, failing tests, too many alerts. */
  found: 1,
  /** The command was given wrongly: unknown alert or version, unreadable file, wrong option. */
  usage: 2,
  /** It could not be finished: the store or the registry does not answer, an alert fails, a fault of the command itself. */
  failed: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** For help texts. */
export const EXIT_HELP = `Exit codes:
  0  done, nothing to complain of
  1  done, and something was found (survivors, problems, failing tests, too many alerts)
  2  given wrongly: unknown alert or version, unreadable file, wrong option
  3  not finished: the store or the registry does not answer, an alert or a suite fails, a pack cannot be loaded`;
