import type { Answers } from "../answers.ts";
import type { Place } from "../place/choose-place.ts";
import type { ExistingPack, PackManifest, Workspace } from "../place/project-survey.ts";
import { readmeTable } from "./pack-readme.ts";

/** The pack of a workspace that a new one is made like: that which needs the least. Null when there is none. */
export const siblingOf = ({ packs, patterns }: Workspace): ExistingPack | null => {
  const [least] = patterns.length === 0 ? [] : packs.toSorted((a, b) => weightOf(a) - weightOf(b));
  return least ?? null;
};

const weightOf = ({ manifest: { dependencies, devDependencies }, configs }: ExistingPack): number =>
  Object.keys({ ...dependencies, ...devDependencies }).length + configs.size;

/**
 * The files of a new pack without its alert, as another pack of the workspace has them: the same tools, scripts, licence and
 * versions. So it passes the checks that the workspace has.
 */
export const packLike = (
  sibling: ExistingPack,
  { name }: Answers,
  { packageName, folder, workspace }: Place & { readonly kind: "workspace-pack" },
): Map<string, string> => {
  const renamed = (text: string): string =>
    text.replaceAll(sibling.name, packageName).replaceAll(sibling.folder, folder);
  const description = `MozDef alerts: ${name.words.join(" ")}.`;
  const manifest = {
    ...(JSON.parse(renamed(JSON.stringify(sibling.manifest))) as PackManifest),
    // A changeset raises it to what is published first.
    version: workspace.hasChangesets ? "0.0.0" : "1.0.0",
    description,
    dependencies: only(sibling.manifest.dependencies, ["@mozdef/alert", "@mozdef/query"]),
    devDependencies: withoutPacks(sibling.manifest.devDependencies, workspace),
  };
  return new Map([
    ["package.json", `${JSON.stringify(manifest, null, 2)}\n`],
    ["README.md", readmeOf(packageName, description)],
    [
      "src/index.ts",
      'import { definePack } from "@mozdef/alert";\n\nexport default definePack({\n  alerts: {},\n});\n',
    ],
    ...[...sibling.configs].map(([file, text]): [string, string] => [file, renamed(text)]),
  ]);
};

type Ranges = Readonly<Record<string, string>>;

const only = (ranges: Ranges = {}, names: readonly string[]): Ranges =>
  Object.fromEntries(Object.entries(ranges).filter(([name]) => names.includes(name)));

/** What a pack is developed with, without other packs, which it needs for reasons of its own. */
const withoutPacks = (ranges: Ranges = {}, { packs }: Workspace): Ranges =>
  Object.fromEntries(Object.entries(ranges).filter(([name]) => !packs.some((pack) => pack.name === name)));

const readmeOf = (name: string, description: string): string =>
  [
    `# ${name}`,
    description,
    [
      "```ts",
      "// mozdef.config.ts",
      'import { defineConfig } from "@mozdef/alert-runner";',
      "",
      `export default defineConfig({ packs: [${JSON.stringify(name)}] });`,
      "```",
    ].join("\n"),
    readmeTable([]),
  ].join("\n\n") + "\n";
