import type { AlertContext } from "@mozdef/alert";
import { type AlertDocument, type AlertPlugin, definePlugin } from "@mozdef/alert/runtime";
import { ExistsMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { readOptions } from "./options/read-options.ts";
import { hours, indices, type SharedOptions, sharedPart, sharedShape } from "./options/shared-options.ts";
import { withDetails } from "./values/add-to-alert.ts";
import { textOf } from "./values/first-event.ts";
import { newestEvent } from "./values/newest-event.ts";

const schema = z.strictObject({
  indices: indices.default(["events", "events-previous"]),
  searchWindowHours: hours.default(6),
  ...sharedShape,
});

/** The options of {@link authSourceIpUsername}. */
export interface AuthSourceIpUsernameOptions extends SharedOptions {
  /** Where logins are looked for. Default: `events` and `events-previous`. */
  readonly indices?: readonly string[];
  /** How old the login may be, in hours. Default 6. */
  readonly searchWindowHours?: number;
}

/**
 * Names who has last logged in at Auth0 from the alert's `details.sourceipaddress`: `details.username`, in the place of one that is there.
 *
 * @throws {AlertError} `PLUGIN_INVALID`.
 * @see MozDef `alerts/plugins/auth_sourceip_username.py`, whose `match_tag` is `registration` here; unlike it, the window counts.
 *
 * @example
 * authSourceIpUsername({ registration: "http" });
 */
export const authSourceIpUsername = (options: AuthSourceIpUsernameOptions = {}): AlertPlugin => {
  const read = readOptions("authSourceIpUsername", schema, options);
  return definePlugin({
    ...sharedPart(read, { name: "auth_sourceip_username", registration: "*" }),
    onMessage: (alert, context) => enriched(alert, read, context),
  });
};

const enriched = async (
  alert: AlertDocument,
  { indices, searchWindowHours }: z.output<typeof schema>,
  context: AlertContext,
): Promise<AlertDocument> => {
  const address = textOf(alert, "details.sourceipaddress");
  if (address === null) return alert;
  const query = SearchQuery({ hours: searchWindowHours }).must(
    TermMatch("tags", "auth0"),
    TermMatch("details.success", "true"),
    TermMatch("details.sourceipaddress", address),
    ExistsMatch("details.username"),
  );
  const login = await newestEvent(context, query, { indices, newestBy: "utctimestamp" });
  const username = login === null ? null : textOf(login, "details.username");
  return username === null ? alert : withDetails(alert, { username });
};
