import { type AlertDraft, AlertTask, eachEvent } from "@mozdef/alert";
import type { AlertDocument, AlertPlugin } from "@mozdef/alert/runtime";
import { createTestSite } from "@mozdef/alert-testing";
import { SearchQuery, TermMatch } from "@mozdef/query";

export const NOW = "2026-03-10T09:00:00+00:00";

/**
 * What a plugin makes of the alert that one event fires, where it can look up other events.
 *
 * @param about - Of the event that fires.
 * @param known - Other events.
 */
export const enrichOnSite = async (
  plugin: AlertPlugin,
  draft: Partial<AlertDraft>,
  about: object,
  known: readonly object[] = [],
): Promise<AlertDocument> => {
  class AlertX extends AlertTask {
    main() {
      return eachEvent(SearchQuery({ minutes: 5 }).must(TermMatch("category", "fires")));
    }
    onEvent() {
      return { summary: "s", category: "c", tags: [], ...draft };
    }
  }
  const site = await createTestSite({ now: NOW });
  try {
    await site.saveEvent({ category: "fires", ...about });
    await site.saveEvents(known.map((event) => ({ utctimestamp: NOW, receivedtimestamp: NOW, ...event })));
    await site.refresh();
    const { alerts, errors, warnings } = await site.run(AlertX, { plugins: [plugin] });
    const [alert] = alerts;
    const problems = [...errors, ...warnings].map(({ message }) => message);
    if (problems.length > 0 || alert === undefined) throw new Error(problems.join("; ") || "no alert");
    return alert._source;
  } finally {
    await site.close();
  }
};

/** A time before now. */
export const hoursAgo = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
