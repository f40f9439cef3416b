// Every package.json has the same shape. Users of a published package see what the last of them forgot.
import { isDeepStrictEqual } from "node:util";
import { packages, type ExportTarget, type Package } from "./repository.ts";

const SOURCE = "@mozdef/source";

/** No task calls these: types and lint are checked over the whole repository at once. */
const UNUSED_SCRIPTS = ["lint", "typecheck"];

/** The generator says by itself that a Node is too old, so an older one may start it. */
const OLDEST_NODE = new Map([["create-mozdef-alert", ">=20.12"]]);

type Rule = readonly [wanted: string, holds: (item: Package) => boolean];

const nameOf = (folder: string): readonly string[] => {
  const [parent = "", name = ""] = folder.split("/");
  return parent === "alerts" ? [`@mozdef/alerts-${name}`] : [`@mozdef/${name}`, name];
};

/** What is published of `exports`: all but the way to the sources, which are not packed. */
const published = (exports: Readonly<Record<string, ExportTarget>> = {}): unknown =>
  Object.fromEntries(
    Object.entries(exports).map(([path, target]) => [
      path,
      typeof target === "string"
        ? target
        : Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== SOURCE)),
    ]),
  );

const EVERY_PACKAGE: readonly Rule[] = [
  ["a name that follows from its folder", ({ folder, manifest }) => nameOf(folder).includes(manifest.name)],
  ['"type": "module"', ({ manifest }) => manifest.type === "module"],
  ['"license": "MPL-2.0"', ({ manifest }) => manifest.license === "MPL-2.0"],
  ["a description", ({ manifest }) => typeof manifest.description === "string"],
  ["a script test", ({ manifest }) => manifest.scripts?.test !== undefined],
  [
    `no script ${UNUSED_SCRIPTS.join(" or ")}, which no task calls`,
    ({ manifest }) => UNUSED_SCRIPTS.every((name) => manifest.scripts?.[name] === undefined),
  ],
];

const PUBLISHED_PACKAGE: readonly Rule[] = [
  [
    "the scripts build and package-check (node ../../scripts/check-package.ts)",
    ({ manifest: { scripts = {} } }) =>
      scripts.build !== undefined &&
      /^node \.\.\/\.\.\/scripts\/check-package\.ts\b/.test(scripts["package-check"] ?? ""),
  ],
  ['"files" with dist and CHANGELOG.md', ({ manifest: { files } }) => hasAll(files, ["dist", "CHANGELOG.md"])],
  [
    "a repository with this folder",
    ({ folder, manifest: { repository } }) =>
      isDeepStrictEqual(repository, {
        type: "git",
        url: "git+https://github.com/mozdef/mozdef-alerts.git",
        directory: folder,
      }),
  ],
  [
    "engines with the oldest Node that is tested",
    ({ manifest: { name, engines } }) => isDeepStrictEqual(engines, { node: OLDEST_NODE.get(name) ?? ">=22.18" }),
  ],
  ['"./package.json" in exports', ({ manifest: { exports = {} } }) => exports["./package.json"] === "./package.json"],
  ["publishConfig.access public", ({ manifest: { publishConfig } }) => publishConfig?.access === "public"],
  [
    `publishConfig.exports equal to exports without ${SOURCE}`,
    ({ manifest: { exports, publishConfig } }) =>
      isDeepStrictEqual(publishConfig?.exports ?? exports, published(exports)),
  ],
  [
    `${SOURCE} first, then types, then default in each module of exports`,
    ({ manifest: { exports = {} } }) =>
      Object.values(exports).every(
        (target) => typeof target === "string" || isDeepStrictEqual(Object.keys(target), [SOURCE, "types", "default"]),
      ),
  ],
  [
    '"sideEffects": false when it can be imported',
    ({ manifest: { exports = {}, sideEffects } }) => exports["."] === undefined || sideEffects === false,
  ],
];

const hasAll = (value: unknown, names: readonly string[]): boolean =>
  Array.isArray(value) && names.every((name) => value.includes(name));

export const checkManifests = (): readonly string[] =>
  packages().flatMap((item) =>
    [...EVERY_PACKAGE, ...(item.manifest.private === true ? [] : PUBLISHED_PACKAGE)]
      .filter(([, holds]) => !holds(item))
      .map(([wanted]) => `${item.folder}/package.json: expected ${wanted}`),
  );
