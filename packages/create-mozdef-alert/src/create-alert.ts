import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { ask } from "./cli/ask.ts";
import { askPlace } from "./cli/ask-place.ts";
import type { Options } from "./cli/parse-args.ts";
import { type Report, reportOf } from "./cli/report.ts";
import type { Terminal } from "./cli/terminal.ts";
import { CreateError } from "./create-error.ts";
import { readSampleEvent, type SampleEvent } from "./event/sample-event.ts";
import { workspaceParsers } from "./event/workspace-parsers.ts";
import { installCommand } from "./place/package-manager.ts";
import type { ProjectSurvey } from "./place/project-survey.ts";
import { survey } from "./place/survey.ts";
import { planAlert, type Plan } from "./plan/plan.ts";
import { readStock } from "./read-stock.ts";
import { checkFiles } from "./write/check-files.ts";
import { findFormatter } from "./write/find-formatter.ts";
import { writePlan } from "./write/write-plan.ts";

/**
 * Makes the alert: asks, plans, checks, writes, installs.
 *
 * @throws {CreateError} Before anything is written, except for `CREATE_INSTALL_FAILED`.
 */
export const createAlert = async (options: Options, terminal: Terminal): Promise<Report> => {
  const asker = options.isYes ? null : terminal.asker;
  const surveyAt = (dir: string | undefined): ProjectSurvey =>
    survey({
      cwd: terminal.cwd,
      dir,
      userAgent: terminal.env.npm_config_user_agent,
      node: terminal.node,
      has: terminal.has,
    });
  const around = surveyAt(options.dir);
  const sample = await readSample(options.fromEvent, around, terminal);
  const answers = await ask(options, sample, asker);
  const { place, surveyed } = await askPlace(around, { pack: options.pack, name: answers.name }, { asker, surveyAt });
  const plan = planAlert({ answers, place, surveyed, stock: readStock(), isForced: options.isForced });
  if (!options.isForced) checkFiles(plan);
  const report = (isInstalled: boolean): Report =>
    reportOf({
      answers,
      place,
      plan,
      manager: surveyed.manager,
      isDryRun: options.isDryRun,
      isInstalled,
      wayThere: relative(terminal.cwd, plan.root),
      sampleFile: options.fromEvent === undefined ? null : sampleFrom(plan, options.fromEvent, terminal),
    });
  if (options.isDryRun) return report(false);
  await writePlan(plan, await findFormatter(plan.root));
  if (place.kind === "project" && options.isStartingGit && !surveyed.isInGit) await startGit(plan, options, terminal);
  // An alert in a pack that is there brings no dependency.
  if (place.kind === "existing-pack" || !options.isInstalling) return report(false);
  await install(plan, surveyed, options, terminal);
  return report(true);
};

/** The file with the sample, from the folder in which the printed commands are run. */
const sampleFrom = ({ root }: Plan, file: string, { cwd }: Terminal): string => {
  const path = resolve(cwd, file);
  const way = relative(root, path);
  return way.startsWith("..") ? path : way;
};

const readSample = async (
  file: string | undefined,
  { workspace }: ProjectSurvey,
  { cwd, err }: Terminal,
): Promise<SampleEvent | null> => {
  if (file === undefined) return null;
  const path = resolve(cwd, file);
  if (!existsSync(path)) throw new CreateError("CREATE_EVENT_INVALID", `There is no file ${path}.`);
  return readSampleEvent(readFileSync(path, "utf8"), file, await workspaceParsers(workspace, err));
};

/** The project works without git, so its absence is not an error. */
const startGit = async ({ root }: Plan, { isJson }: Options, { run, err }: Terminal): Promise<void> => {
  const code = await run("git", ["init", "--quiet", "--initial-branch=main"], { cwd: root, isQuiet: isJson });
  if (code !== 0) err(`git init failed (exit code ${code}). The project has no repository yet.`);
};

const install = async (
  plan: Plan,
  { manager }: ProjectSurvey,
  { isJson }: Options,
  { run }: Terminal,
): Promise<void> => {
  const [program = manager.name, ...words] = installCommand(manager).split(" ");
  const code = await run(program, words, { cwd: plan.root, isQuiet: isJson });
  if (code === 0) return;
  throw new CreateError(
    "CREATE_INSTALL_FAILED",
    `The files are written, but "${installCommand(manager)}" failed in ${plan.root} (exit code ${code}). Its reason stands above; run it again there.`,
  );
};
