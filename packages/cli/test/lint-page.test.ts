import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RULES } from "../src/lint/problem.ts";
import { runMozdef } from "./run-mozdef.ts";

const PAGE = readFileSync(new URL("../../../docs/lint.md", import.meta.url), "utf8");

/** Rules about what is not code: there is nothing to show. */
const WITHOUT_CODE = ["pack-unreadable", "readme-missing", "rule-invalid", "tests-missing"];

interface Example {
  readonly rule: string;
  readonly kind: "wrong" | "right";
  readonly code: string;
  readonly alert: string;
}

const sections = new Map(
  PAGE.split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf("\n")), text] as const),
);

const examples: readonly Example[] = [...sections].flatMap(([rule, text]) =>
  [...text.matchAll(/^```ts (wrong|right)\n([^]*?)^```$/gm)].map(([, kind = "", code = ""]) => {
    const words = [...rule.split("-"), kind].map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    return { rule, kind: kind as Example["kind"], code, alert: `Alert${words.join("")}` };
  }),
);

const IMPORTS = `import { aggregation, AlertTask, eachEvent, noEvent } from "@mozdef/alert";
import type { AggregatedEvents, AlertAbout, Hit, HookContext } from "@mozdef/alert";
import * as query from "@mozdef/query";
const { ExistsMatch, PhraseMatch, QueryStringMatch, SearchQuery, TermMatch, TermsMatch, WildcardMatch } = query;
`;

/** What a class has that does not say otherwise. */
const MEMBERS: readonly (readonly [begin: string, code: string])[] = [
  ["static readonly about", 'static readonly about: AlertAbout = { description: "Something happens." };'],
  ["main(", 'main() { return eachEvent(SearchQuery({ minutes: 20 }).must(TermMatch("category", "example"))); }'],
  [
    "onEvent(",
    'onEvent(event: Hit) { return { summary: "Something happened", category: "example", tags: ["x"], events: [event] }; }',
  ],
  [
    "onAggregation(",
    'onAggregation({ value, events }: AggregatedEvents) { return { summary: `Much of ${value}`, category: "example", tags: ["x"], events }; }',
  ],
];

const classOf = (code: string, rule: string): string => {
  if (!code.startsWith("class ")) return classOf("class AlertExample extends AlertTask {\n}\n", rule);
  const isWanted = ([begin]: (typeof MEMBERS)[number]): boolean =>
    !code.includes(`  ${begin}`) && !(rule === "about-missing" && begin.endsWith("about"));
  const missing = MEMBERS.filter(isWanted).map(([, member]) => member);
  return `${IMPORTS}export ${code.replace(/\n?\}\n$/, `\n${missing.join("\n")}\n}\n`)}`;
};

const OTHER = `${IMPORTS}class AlertOther extends AlertTask { ${MEMBERS.map(([, member]) => member).join("\n")} }\n`;
const INDEX =
  'export default definePack({ alerts: { AlertExample: { task: AlertExample, schedule: crontab({ minute: "*/5" }) } } });';

const event = (name: string, more = "") =>
  `{ hostname: "${name}", summary: "login failed", details: { sourceipaddress: "192.0.2.7", path: "C:\\\\Windows\\\\x" }${more} }`;

const testOf = (code: string): string => {
  if (code.startsWith("describeAlert")) return code;
  const isGrouped = code.includes("aggregation(");
  const fires = isGrouped
    ? `{ name: "two groups", events: [...repeat(50, ${event("web1")}), ...repeat(50, ${event("web2").replace("2.7", "2.8")})], alerts: [{}, {}] }`
    : `{ name: "one", events: [${event("web1")}], alert: {} }`;
  return `describeAlert(AlertExample, {
  event: { category: "example" }, alert: { category: "example" },
  fires: [${fires}],
  silent: [{ name: "another category", events: [${event("web1", ', category: "bad"')}] }],
});`;
};

const filesOf = ({ rule, kind, code, alert }: Example): Readonly<Record<string, string>> => {
  const named = (text: string): string => text.replaceAll("AlertExample", alert);
  return {
    "package.json": JSON.stringify({
      name: `@example/${rule}-${kind}`,
      type: "module",
      exports: "./src/index.ts",
      dependencies: { "@mozdef/alert": "*" },
    }),
    "src/README.md": "x",
    "src/alert-example.ts": named(classOf(code, rule)),
    "src/alert-example.test.ts": named(
      `import { describeAlert, repeat } from "@mozdef/alert-testing/vitest";\nimport { AlertExample } from "./alert-example.ts";\n${testOf(code)}`,
    ),
    "src/index.ts": named(
      `import { crontab, definePack } from "@mozdef/alert";\nimport { AlertExample } from "./alert-example.ts";\nexport { AlertExample };\n${code.includes("definePack(") ? OTHER + code : INDEX}`,
    ),
  };
};

const folder = mkdtempSync(join(tmpdir(), "mozdef-lint-page-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Found {
  readonly alert: string;
  readonly rule: string;
  readonly message: string;
  readonly help: string;
}
let found: readonly Found[] = [];

beforeAll(async () => {
  symlinkSync(join(import.meta.dirname, "../node_modules"), join(folder, "node_modules"));
  for (const example of examples)
    for (const [path, text] of Object.entries(filesOf(example))) {
      const file = join(folder, "packs", `${example.rule}-${example.kind}`, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  const { out, err, code } = await runMozdef(folder, ["lint", "--json"]);
  expect([err, code]).toEqual(["", 3]);
  found = JSON.parse(out) as readonly Found[];
}, 120_000);

it("has a section for each rule, and for nothing else", () => {
  expect([...sections.keys()]).toEqual(Object.keys(RULES).sort());
});

it("shows wrong and right code for each rule that is about code", () => {
  const shown = Object.keys(RULES).filter((rule) => examples.filter((one) => one.rule === rule).length === 2);
  expect(shown).toEqual(Object.keys(RULES).filter((rule) => !WITHOUT_CODE.includes(rule)));
});

describe.each(examples)("$rule: the $kind code", ({ rule, kind, alert }) => {
  it(kind === "wrong" ? "is complained of" : "is not complained of, by this rule or another", () => {
    const own = found.filter((one) => one.alert === alert);
    const expected =
      kind === "wrong"
        ? expect.arrayContaining([expect.objectContaining({ rule, help: expect.stringContaining(`#${rule}`) })])
        : [];
    expect(own).toEqual(expected);
  });
});
