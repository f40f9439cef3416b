import type { Answers } from "../answers.ts";
import type { Place } from "../place/choose-place.ts";
import { createCommand, frozenInstallCommand, type PackageManager, scriptCommand } from "../place/package-manager.ts";
import type { ProjectSurvey } from "../place/project-survey.ts";
import { fill, type Replacement } from "./fill.ts";
import { packLike, siblingOf } from "./pack-like.ts";
import { packManifest } from "./pack-manifest.ts";
import type { Stock } from "./stock.ts";

/** The files of a new pack without its alert, by their path in the pack. */
export const packFiles = (
  answers: Answers,
  place: Exclude<Place, { readonly kind: "existing-pack" }>,
  surveyed: ProjectSurvey,
  { templates, versions }: Stock,
): Map<string, string> => {
  // Files are for everybody, whatever is installed here.
  const manager = { ...surveyed.manager, command: surveyed.manager.name };
  const sibling = place.kind === "project" ? null : siblingOf(place.workspace);
  if (sibling !== null && place.kind === "workspace-pack") return packLike(sibling, answers, place);
  const { node } = surveyed;
  const isProject = place.kind === "project";
  const words = wordsOf(place.packageName, manager);
  const filled = (files: ReadonlyMap<string, string>): [string, string][] =>
    [...files].map(([path, text]) => [path, fill(text, words)]);
  const files = new Map(filled(templates.pack));
  const manifest = packManifest({
    name: place.packageName,
    description: `MozDef alerts: ${answers.name.words.join(" ")}.`,
    manager,
    versions,
    local: place.kind === "project" ? [] : place.workspace.names,
    license: place.kind === "project" ? undefined : place.workspace.license,
    isProject,
    node,
  });
  files.set("package.json", manifest);
  if (!isProject) return files;
  const readme = files.get("README.md") ?? "";
  for (const [path, text] of filled(templates.project))
    files.set(path, path === "README.md" ? `${readme}\n${text}` : text);
  for (const [path, text] of managerFiles(manager)) files.set(path, text);
  return files;
};

/** Words of the templates that depend on pack and package manager. */
const wordsOf = (name: string, manager: PackageManager): readonly Replacement[] => [
  ["hello-world-pack", name],
  ...["test", "mutate", "lint", "start", "build", "check", "changeset", "version-packages", "release"].map(
    (script): Replacement => [`run-script ${script}`, scriptCommand(manager, script)],
  ),
  // Without a scope a package is public or nothing.
  ['"access": "restricted"', `"access": "${name.startsWith("@") ? "restricted" : "public"}"`],
  ["create-command", createCommand(manager)],
  ["install-command", frozenInstallCommand(manager)],
  ["enable-manager", manager.name === "npm" ? "npm --version" : "corepack enable"],
];

/** What a package manager needs to take a folder for a project of its own. */
const managerFiles = ({ name, isClassic }: PackageManager): readonly Replacement[] => {
  if (name === "pnpm") return [["pnpm-workspace.yaml", PNPM_WORKSPACE]];
  if (name === "npm" || isClassic) return [];
  return [
    [".yarnrc.yml", "nodeLinker: node-modules\n"],
    // Without it, yarn looks for a project further up.
    ["yarn.lock", ""],
  ];
};

const PNPM_WORKSPACE = `packages:
  - .

# Install scripts run only for these; none of them is needed to run alerts.
allowBuilds:
  esbuild: true
  node: true
  protobufjs: false
`;
