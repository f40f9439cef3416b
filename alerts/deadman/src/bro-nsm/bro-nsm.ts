import {
  AlertTask,
  noEvent,
  severityName,
  textList,
  webUrl,
  type AlertAbout,
  type HookContext,
  type Search,
} from "@mozdef/alert";
import { PhraseMatch, SearchQuery, TermMatch } from "@mozdef/query";
import { z } from "zod";
import { isDue, repeatAfterMinutes } from "../repeat-after.ts";

const config = z.object({
  /** Where to read on. */
  url: webUrl.default("https://www.mozilla.org"),
  /** Zeek hosts that have to be heard from. */
  hosts: textList("comma").default(["host1"]),
  severity: severityName.default("ERROR"),
  repeat_after_minutes: repeatAfterMinutes,
});

/** A Zeek host that has not sent its health check for twenty minutes. */
export class broNSM extends AlertTask.withConfig(config) {
  static readonly about: AlertAbout = {
    description: "A Zeek host that has not sent its health check for twenty minutes.",
    severity: "ERROR",
    attack: ["T1562.001"],
    falsePositives: ["A sensor that was switched off on purpose."],
    triage: [
      "Is the sensor up? Is Zeek running (`zeekctl status`)?",
      "Do other events of the same sensor come in? Then the script is the problem, else the way to the store.",
      "Note the time of the gap: searches over it prove nothing.",
    ],
  };

  main() {
    return this.config.hosts.map((host) =>
      noEvent(
        SearchQuery({ minutes: 20 }).must(
          PhraseMatch("details.note", "MozillaAlive::Bro_Is_Watching_You"),
          PhraseMatch("hostname", host),
          TermMatch("category", "bro"),
          TermMatch("source", "notice"),
        ),
        { data: host },
      ),
    );
  }

  async onNoEvent(_search: Search, context: HookContext<string>) {
    const host = context.data;
    if (!(await isDue(`broNSM:${host}`, this.config.repeat_after_minutes, context))) return null;
    return {
      summary: `No ${host} bro healthcheck events found the past 20 minutes`,
      category: "deadman",
      tags: ["bro", "bro_deadman"],
      severity: this.config.severity,
      url: this.config.url,
    };
  }
}
