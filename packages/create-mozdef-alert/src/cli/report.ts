import type { Answers } from "../answers.ts";
import type { SampleEvent } from "../event/sample-event.ts";
import type { Place } from "../place/choose-place.ts";
import {
  createCommand,
  execCommand,
  installCommand,
  rootScript,
  scriptCommand,
  type PackageManager,
} from "../place/package-manager.ts";
import { clauseCode, clausesOf } from "../plan/clauses.ts";
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
  /** What was found in the sample; null without one. */
  readonly sample: SampleReport | null;
  /** Runs the alert over the sample; null without one that the service would read. */
  readonly trial: string | null;
  readonly nextSteps: readonly string[];
}

/** What the events of a sample have in common, and what could make groups of them. */
export interface SampleReport {
  readonly events: number;
  /** The clauses that find all of them. */
  readonly shared: readonly string[];
  readonly differing: SampleEvent["differing"];
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
  /** The file with the sample, from where the commands are run; null without one. */
  readonly sampleFile: string | null;
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
    sample: answers.sample === null ? null : sampleOf(answers, answers.sample),
    trial: trialOf(input),
    nextSteps: nextSteps(input),
  };
};

const sampleOf = (answers: Answers, { count, differing }: SampleEvent): SampleReport => ({
  events: count,
  shared: clausesOf(answers).map(clauseCode),
  differing,
});

/** What the store answers is no log: it is not read by `mozdef try`. */
const trialOf = (input: ReportInput): string | null => {
  const { answers, sampleFile } = input;
  if (sampleFile === null || answers.sample?.isSent !== true) return null;
  const file = /^[\w./-]+$/.test(sampleFile) ? sampleFile : JSON.stringify(sampleFile);
  return mozdefCommand(`try ${answers.name.className} --file ${file}`, input);
};

const nextSteps = (input: ReportInput): readonly string[] => {
  const { answers, place, plan, manager, isInstalled, wayThere } = input;
  const { className, fileName } = answers.name;
  const trial = trialOf(input);
  const folder = [plan.packFolder, "src", fileName].filter((part) => part !== "").join("/");
  return [
    ...(wayThere === "" ? [] : [`cd ${/\s/.test(wayThere) ? JSON.stringify(wayThere) : wayThere}`]),
    ...(isInstalled || place.kind === "existing-pack" ? [] : [installCommand(manager)]),
    place.kind === "project" ? scriptCommand(manager, "test") : mozdefCommand(`test ${className}`, input),
    `edit ${folder}/${fileName}.ts, then its test`,
    ...(trial === null ? [] : [trial]),
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
    ...(report.sample === null ? [] : [...sampleLines(report.sample), ""]),
    ...(report.isDryRun
      ? ["Nothing was written (--dry-run)."]
      : ["Next:", ...report.nextSteps.map((step) => `  ${step}`)]),
  ].join("\n");

const MOST_FIELDS = 6;

const sampleLines = ({ events, shared, differing }: SampleReport): readonly string[] => {
  const found = `The sample has ${events === 1 ? "1 event" : `${events} events, all of them`} found by ${shared.join(", ")}.`;
  if (differing.length === 0) return [found];
  const fields = differing
    .slice(0, MOST_FIELDS)
    .map(({ field, values, most, count }) => `  ${field}: ${values} values, ${shownValue(most)} in ${count} events`);
  const others = differing.length - fields.length;
  return [found, "Fields that differ:", ...fields, ...(others > 0 ? [`  and ${others} more`] : [])];
};

const LONGEST_VALUE = 60;

/** Values come from a log: what would move the cursor of a terminal is written as JSON has it. */
const shownValue = (value: string | number | boolean): string => {
  const text = JSON.stringify(value).replaceAll(/[\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escaped);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}...` : text;
};

const escaped = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

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
