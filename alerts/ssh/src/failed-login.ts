import { textAt, type Hit } from "@mozdef/alert";
import { any, PhraseMatch, SearchQuery, TermsMatch, type Clause, type Duration } from "@mozdef/query";

/** A failed login, as a log line reports it. */
export interface FailedLogin {
  /** Address or name of the machine it came from. */
  readonly source: string;
  /** Null when the line does not say. */
  readonly user: string | null;
  /** Attempts that the line stands for. */
  readonly count: number;
  /** Who reports it: sshd itself or PAM. Many servers log both for the same attempt. */
  readonly by: "sshd" | "pam";
  readonly event: Hit;
}

/** Names that sshd logs under: older ones with PAM, and those of its parts since OpenSSH 9.8. */
export const ofSshd: Clause = TermsMatch("details.program", ["sshd", "sshd(pam_unix)", "sshd-session", "sshd-auth"]);

/** Lines that report a failed login, in every form that OpenSSH and PAM use. */
export const failedLogins = (window: Duration): SearchQuery =>
  SearchQuery(window).must(
    ofSshd,
    any(
      PhraseMatch("summary", "Failed password"),
      PhraseMatch("summary", "Failed publickey"),
      PhraseMatch("summary", "Failed none"),
      PhraseMatch("summary", "Failed keyboard-interactive/pam"),
      PhraseMatch("summary", "authentication failure"),
      PhraseMatch("summary", "authentication failures"),
    ),
  );

/** What a line reports; null when it is not a failed login, or does not say from where. */
export const failedLoginOf = (event: Hit): FailedLogin | null => {
  const { text, times } = unfolded(textAt(event, "summary", "").slice(0, LONGEST_LINE).trim());
  const login = bySshd(text) ?? byPam(text);
  return login === null ? null : { ...login, count: login.count * times, event };
};

/** sshd cuts user names itself; a longer line is not from sshd. */
const LONGEST_LINE = 2_000;
/** A line can claim any number. */
const MOST_TIMES = 10_000;

const REPEATED = /^message repeated (\d{1,9}) times: \[ ?/;

/** rsyslog folds equal lines into one. */
const unfolded = (line: string): { readonly text: string; readonly times: number } => {
  const [head, times] = REPEATED.exec(line) ?? [];
  if (head === undefined) return { text: line, times: 1 };
  return { text: line.slice(head.length).replace(/\]$/, ""), times: Math.min(Number(times), MOST_TIMES) };
};

const FAILED = /^Failed (?:password|publickey|none|keyboard-interactive\/pam) for (?:invalid user |illegal user )?/;
const PAM_ERROR = /^error: PAM: Authentication failure for (?:invalid user |illegal user )?/i;

/** The user is whatever the client said, so it may hold ` from ` too: the last one is sshd's own. */
const bySshd = (text: string): Omit<FailedLogin, "event"> | null => {
  const [head] = FAILED.exec(text) ?? PAM_ERROR.exec(text) ?? [];
  const end = text.lastIndexOf(" from ");
  if (head === undefined || end < head.length - 1) return null;
  const [source = ""] = text.slice(end + " from ".length).split(" ");
  const user = text.slice(head.length, Math.max(end, head.length));
  return source === "" ? null : { source, user: user === "" ? null : user, count: 1, by: "sshd" };
};

const PAM_FAILURE = "authentication failure;";
const PAM_MORE = /^PAM (\d{1,4}) more authentication failures?;/;

/** `rhost=` and `user=` come last; what stands before them is PAM's own. */
const byPam = (text: string): Omit<FailedLogin, "event"> | null => {
  const [, more] = PAM_MORE.exec(text) ?? [];
  if (more === undefined && !text.includes(PAM_FAILURE)) return null;
  const [, source] = / rhost=(\S+)/.exec(text) ?? [];
  const [, user] = / user=(.+)$/.exec(text) ?? [];
  return source === undefined ? null : { source, user: user ?? null, count: Number(more ?? 1), by: "pam" };
};

/**
 * How many attempts the lines stand for. Where sshd and PAM report the same ones, the larger number counts, not the sum.
 */
export const attempts = (logins: readonly FailedLogin[]): number =>
  Math.max(...(["sshd", "pam"] as const).map((by) => total(logins.filter((login) => login.by === by))));

const total = (logins: readonly FailedLogin[]): number => logins.reduce((sum, { count }) => sum + count, 0);
