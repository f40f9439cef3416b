import { describe, expect, it } from "vitest";
import { openStore } from "../open-store.ts";
import { compareStory } from "./truth.ts";

/** Stories that are compared, each of 600 rounds: 24 slots of 25 rules. On a cluster one has to do; a number of its own for long runs. */
const STORIES = Number(
  process.env.MOZDEF_TRUTH_STORIES ?? (process.env.MOZDEF_TEST_ELASTICSEARCH === undefined ? 20 : 1),
);

/** Another one for other stories. */
const SEED = Number(process.env.MOZDEF_TRUTH_SEED ?? 1);

describe("every kind of search", () => {
  it.each(Array.from({ length: STORIES }, (_, index) => SEED + index))(
    "gives the alerts of a naive evaluation, story %i",
    { timeout: 120_000 },
    async (seed) => {
      const store = await openStore({ fields: { "details.bytes": "long", "details.user": "keyword" } });
      const { alerts, differences } = await compareStory(store, seed);
      expect(differences).toEqual([]);
      expect(alerts).toBeGreaterThan(20);
    },
  );
});
