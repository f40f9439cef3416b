import { listed } from "@mozdef/alert";
import { TermMatch, type Clause } from "@mozdef/query";
import type { FailedLogin } from "./failed-login.ts";

/** Keeps out what faster alerts have told of: one attack is one alert. */
export const notToldBy = (...alerts: readonly string[]): readonly Clause[] =>
  alerts.map((name) => TermMatch("alert_names", name));

/** ` as {users}`; nothing when no line names one, as PAM's often do not. */
export const usersIn = (logins: readonly FailedLogin[]): string => {
  const users = logins.flatMap(({ user }) => user ?? []);
  return users.length === 0 ? "" : ` as ${listed(users)}`;
};
