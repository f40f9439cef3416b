import type { Answers } from "../answers.ts";
import type { Place } from "../place/choose-place.ts";
import {
  createCommand,
  execCommand,
  installCommand,
  rootScript,
  scriptCommand,
  type PackageManager,
} from "../place/package-manager.ts";
import type { Plan } from "../plan/plan.ts";

/** The result, as `--json` prints it. */
export interface Report {
  readonly alert: string;
  readonly package: string;
  /** What was made: an alert in a pack that was there, a package of a workspace, a project. */
  readonly made: Place["kind"];
  readonly root: string;
  readonly files: readonly { readonly path: string; readonly change: "create" | "edit" }[];
  readonly isDryRun: boolean;
  readonly isInstalled: boolean;
  readonly nextSteps: readonly string[];
}

export interface ReportInput {
  readonly answers: Answers;
  readonly place: Place;
  readonly plan: Plan;
  readonly manager: PackageManager;
  readonly isDryRun: boolean;
  readonly isInstalled: boolean;
  /** Where the user is, from which `cd` has to lead to the project; from here on, relative. Empty when already there. */
  readonly wayThere: string;
}

export const reportOf = (input: ReportInput): Report => {
  const { answers, place, plan, isDryRun, isInstalled } = input;
  return {
    alert: answers.name.className,
    package: plan.packageName,
    made: place.kind,
    root: plan.root,
    files: plan.files.map(({ path, change }) => ({ path, change })),
    isDryRun,
    isInstalled,
    nextSteps: nextSteps(input),
  };
};

const nextSteps = (input: ReportInput): readonly string[] => {
  const { answers, place, plan, manager, isInstalled, wayThere } = input;
  const { className, fileName } = answers.name;
  const folder = [plan.packFolder, "src", fileName].filter((part) => part !== "").join("/");
  return [
    ...(wayThere === "" ? [] : [`cd ${/\s/.test(wayThere) ? JSON.stringify(wayThere) : wayThere}`]),
    ...(isInstalled || place.kind === "existing-pack" ? [] : [installCommand(manager)]),
    place.kind === "project" ? scriptCommand(manager, "test") : mozdefCommand(`test ${className}`, input),
    `edit ${folder}/${fileName}.ts, then its test`,
    mozdefCommand(`mutate ${className}`, input),
    lastStep(input),
  ];
};

const scriptsOf = (place: Place): readonly string[] => (place.kind === "project" ? [] : place.workspace.scripts);

/** By the root's own script where there is one, else with what the package has installed. */
const mozdefCommand = (words: string, { place, plan, manager }: ReportInput): string =>
  scriptsOf(place).includes("mozdef")
    ? rootScript(manager, "mozdef", words)
    : execCommand(manager, `mozdef ${words}`, plan.packFolder === "" ? null : plan.packageName);

const lastStep = ({ place, plan, manager }: ReportInput): string => {
  const scripts = scriptsOf(place);
  if (place.kind === "existing-pack" && plan.packFolder !== "")
    return `${scripts.includes("new-alert") ? rootScript(manager, "new-alert") : `${createCommand(manager)} mozdef-alert`} for the next one`;
  if (place.kind === "workspace-pack" && scripts.includes("start")) return rootScript(manager, "start");
  return scriptCommand(manager, "start", plan.packFolder === "" ? null : plan.packageName);
};

/** For people. */
export const printReport = (report: Report): string =>
  [
    `${report.isDryRun ? "Would make" : "Made"} ${report.alert} in ${report.package} (${report.root}):`,
    "",
    ...tree(report.files).map((line) => `  ${line}`),
    "",
    ...(report.isDryRun
      ? ["Nothing was written (--dry-run)."]
      : ["Next:", ...report.nextSteps.map((step) => `  ${step}`)]),
  ].join("\n");

/** Folders once, files below them; a changed file is marked. */
const tree = (files: Report["files"]): readonly string[] => {
  const lines: string[] = [];
  let open: readonly string[] = [];
  for (const { path, change } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const parts = path.split("/");
    const folders = parts.slice(0, -1);
    const shared = folders.findIndex((name, depth) => open[depth] !== name);
    const from = shared === -1 ? folders.length : shared;
    for (let depth = from; depth < folders.length; depth++) lines.push(`${"  ".repeat(depth)}${folders[depth] ?? ""}/`);
    lines.push(`${"  ".repeat(folders.length)}${parts.at(-1) ?? ""}${change === "edit" ? "  (changed)" : ""}`);
    open = folders;
  }
  return lines;
};
