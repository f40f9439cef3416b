import type { Answers } from "../answers.ts";
import type { Place } from "../place/choose-place.ts";
import {
  createCommand,
  execCommand,
  installCommand,
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

const nextSteps = ({ answers, place, plan, manager, isInstalled, wayThere }: ReportInput): readonly string[] => {
  const isMember = plan.packFolder !== "";
  const member = isMember ? plan.packageName : null;
  const { className, fileName } = answers.name;
  const folder = [plan.packFolder, "src", fileName].filter((part) => part !== "").join("/");
  return [
    ...(wayThere === "" ? [] : [`cd ${/\s/.test(wayThere) ? JSON.stringify(wayThere) : wayThere}`]),
    ...(isInstalled || place.kind === "existing-pack" ? [] : [installCommand(manager)]),
    scriptCommand(manager, "test", member),
    `edit ${folder}/${fileName}.ts, then its test`,
    mutateCommand(className, { place, manager, member }),
    place.kind === "existing-pack" && isMember
      ? `${createCommand(manager)} mozdef-alert for the next one`
      : scriptCommand(manager, "start", member),
  ];
};

const mutateCommand = (
  className: string,
  { place, manager, member }: Pick<ReportInput, "place" | "manager"> & { readonly member: string | null },
): string => {
  if (place.kind === "existing-pack" && place.workspace.hasMozdefScript)
    return `${scriptCommand(manager, "mozdef")}${manager.name === "npm" ? " --" : ""} mutate ${className}`;
  return execCommand(manager, `mozdef mutate ${className}`, member);
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
