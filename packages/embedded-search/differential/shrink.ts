import fc from "fast-check";
import type { DataSet } from "./data-set.ts";
import type { SearchBody } from "./requests.ts";
import type { StorePair } from "./store-pair.ts";

/** Requests tried while a counterexample is made smaller. */
const MAX_TRIES = 400;

const differs = async (pair: StorePair, body: SearchBody): Promise<boolean> => {
  const [difference] = await pair.search([body]);
  return difference !== undefined;
};

/** The smallest search found that the stores still answer differently, starting from the one at this place of a seeded run. */
const smallerBody = async (
  pair: StorePair,
  arbitrary: fc.Arbitrary<SearchBody>,
  seed: number,
  place: number,
): Promise<SearchBody | undefined> => {
  let found: SearchBody | undefined;
  let tries = 0;
  const property = fc.asyncProperty(arbitrary, async (body) => {
    if (tries++ > MAX_TRIES || !(await differs(pair, body))) return;
    found = body;
    throw new Error("the stores differ");
  });
  await fc.check(property, { seed, path: String(place), numRuns: 1, endOnFailure: false });
  return found;
};

/** Leaves out documents one after the other as long as the difference stays. */
const fewerDocuments = async (pair: StorePair, data: DataSet, body: SearchBody): Promise<DataSet> => {
  let { documents } = data;
  for (let size = Math.ceil(documents.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let start = 0; start < documents.length;) {
      const fewer = documents.filter((_, index) => index < start || index >= start + size);
      await pair.load({ ...data, documents: fewer });
      if (await differs(pair, body)) documents = fewer;
      else start += size;
    }
  await pair.load({ ...data, documents });
  return { ...data, documents };
};

/** A search and the documents it takes to see two stores differ. */
export interface Counterexample {
  readonly data: DataSet;
  readonly body: SearchBody;
}

/** Makes a counterexample as small as it gets within a bounded number of tries. */
export const shrink = async (
  pair: StorePair,
  data: DataSet,
  arbitrary: fc.Arbitrary<SearchBody>,
  { seed, place, body }: { seed: number; place: number; body: SearchBody },
): Promise<Counterexample> => {
  const smaller = (await smallerBody(pair, arbitrary, seed, place)) ?? body;
  return { data: await fewerDocuments(pair, data, smaller), body: smaller };
};

/** A counterexample as code that can be pasted into the scenarios. */
export const asScenario = ({ data, body }: Counterexample): string => {
  const documents = data.documents.map((document) => `      ${JSON.stringify(document)},`).join("\n");
  return [
    "    scenario(",
    '      "…",',
    "      [],",
    `      mapped("scn-a", ${JSON.stringify(data.mapping)}),`,
    `      documents("scn-a",\n${documents}\n      ),`,
    `      post("/scn-a/_search", ${JSON.stringify(body)}),`,
    "    ),",
  ].join("\n");
};
