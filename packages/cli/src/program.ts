import { Argument, Command, CommanderError } from "commander";
import { availableParallelism } from "node:os";
import { EXIT, EXIT_HELP, type ExitCode } from "./exit-codes.ts";
import { backtest } from "./backtest/backtest.ts";
import type { BacktestOptions } from "./backtest/backtest-settings.ts";
import { WORKER_COMMAND } from "./backtest/job-process.ts";
import { serveJob } from "./backtest/serve-job.ts";
import { dev, type DevOptions } from "./dev/dev.ts";
import { candidates, targetNames } from "./completion/candidates.ts";
import { COMPLETIONS, type Shell, SHELLS } from "./completion/scripts.ts";
import { explainIntake, type IntakeOptions } from "./intake/explain-intake.ts";
import { explainAlert } from "./explain/explain-alert.ts";
import type { ExplainOptions } from "./explain/explain-options.ts";
import { ECS_INDICES } from "./events/ecs-source.ts";
import { lint, type LintOptions } from "./lint/lint.ts";
import { RULES } from "./lint/problem.ts";
import { MUTANTS_COMMAND, serveMutants } from "./mutate/code/serve-mutants.ts";
import { mutate } from "./mutate/mutate.ts";
import { ownVersion } from "./own-version.ts";
import { installModuleHooks } from "./packs/module-hooks.ts";
import { parseCount } from "./parse-options.ts";
import { exitCodeOf, printError } from "./report-error.ts";
import type { Terminal } from "./terminal.ts";
import { tryAlert, type TryOptions } from "./try/try-alert.ts";
import { type RoutesTestOptions, testRoutes } from "./routes/test-routes.ts";
import { runTests, type TestOptions } from "./test-run/run-tests.ts";

/**
 * Runs the command.
 *
 * @param words - What stands behind `mozdef` on the command line.
 * @returns the exit code; errors are printed as sentences.
 */
export const runCommand = async (words: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  let code: ExitCode = EXIT.ok;
  const program = programFor(terminal, (result) => (code = result));
  try {
    installModuleHooks();
    if (words[0] === WORKER_COMMAND) await serveJob(terminal);
    else if (words[0] === MUTANTS_COMMAND) await serveMutants();
    else await program.parseAsync([...words], { from: "user" });
    return code;
  } catch (cause) {
    // commander has printed its own message (or the help that was asked for) already.
    if (cause instanceof CommanderError) return cause.exitCode === 0 ? EXIT.ok : EXIT.usage;
    printError(cause, terminal);
    return exitCodeOf(cause);
  }
};

const programFor = (terminal: Terminal, done: (code: ExitCode) => void): Command => {
  const program = new Command("mozdef")
    .description("Tools for people who write MozDef alerts.")
    .version(ownVersion(), "-v, --version", "print the version of this command")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .helpCommand(false)
    .showHelpAfterError("Run mozdef --help, or a subcommand with --help, to see what there is.");
  for (const add of [
    addDev,
    addTest,
    addTry,
    addMutate,
    addExplain,
    addBacktest,
    addIntake,
    addLint,
    addRoutes,
    addCompletion,
  ])
    add(program, terminal, done);
  return program.addHelpText("after", `\n${EXIT_HELP}\n\nRun mozdef <command> --help for options and examples.`);
};

type AddCommand = (program: Command, terminal: Terminal, done: (code: ExitCode) => void) => void;

const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}\n\n${EXIT_HELP}`;

const TARGET =
  "a folder with a pack, the name of a pack, or the class name of an alert; default: every pack around here";

const SERVICE =
  "the configuration of the service, for its sources; default: the nearest mozdef.config.ts here or in the folders above";

const addDev: AddCommand = (program, terminal, done) => {
  program
    .command("dev")
    .summary("test and replay an alert after each edit")
    .description(
      "Watches the sources of a pack. After each edit the tests beside it are run, and the last day is replayed: which alerts there would have been, and which of them are new or gone since the edit before. Events are those of the service that runs here, when it was started with --watch, else of the cluster of its configuration.",
    )
    .argument(
      "[target]",
      "a folder with a pack, the name of a pack, or the class name of an alert; default: the pack around here",
    )
    .option("--url <elasticsearch>", "another place of the events, an Elasticsearch or a service with --watch")
    .option("--prefix <prefix>", "what stands before every index name there")
    .option("--service <file>", SERVICE)
    .option("--no-service", "look at no configuration")
    .addHelpText(
      "after",
      examples(
        "mozdef dev                       the pack in which you are",
        "mozdef dev AlertBruteforceSsh    one alert, wherever its pack is",
        "mozdef dev ssh --url https://search.example.org:9200",
      ),
    )
    .action(async (target: string | undefined, options: DevOptions) => done(await dev(target, options, terminal)));
};

const addTest: AddCommand = (program, terminal, done) => {
  program
    .command("test")
    .summary("run the tests of an alert")
    .description(
      "Runs the tests of an alert, wherever its pack is, or of whole packs, with vitest or node:test, as their files are written.",
    )
    .argument("[target]", TARGET)
    .option("--watch", "run them again whenever a file changes")
    .addHelpText(
      "after",
      examples(
        "mozdef test AlertBruteforceSsh            the file that describes it, and no other",
        "mozdef test AlertBruteforceSsh --watch    again and again, while you write",
        "mozdef test ssh                           a whole pack",
      ),
    )
    .action(async (target: string | undefined, options: TestOptions) =>
      done(await runTests(target, options, terminal)),
    );
};

const addRoutes: AddCommand = (program, terminal, done) => {
  const routes = program.command("routes").description("Looks at where alerts go by the configuration of the service.");
  routes
    .command("test")
    .summary("say where an alert goes, and why")
    .description(
      "Says which routes an alert takes, which actions are sent it and when, and which maintenance windows mute it. Silences and other alerts are not looked at: those are in the store.",
    )
    .argument(
      "[alert...]",
      "a file with an alert as JSON, or fields such as severity=CRITICAL; default: standard input",
    )
    .option("--service <file>", SERVICE)
    .option("--at <time>", "when the alert is made; default: now")
    .option("--expect <actions>", "names of actions with commas between them: exit with 1 when others get it")
    .option("--json", "print for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef routes test alert.json",
        "mozdef routes test severity=CRITICAL name=AlertBruteforceSsh",
        "mozdef routes test severity=INFO --expect soc      for continuous integration",
      ),
    )
    .action(async (alert: readonly string[], options: RoutesTestOptions) =>
      done(await testRoutes(alert, options, terminal)),
    );
};

const addTry: AddCommand = (program, terminal, done) => {
  program
    .command("try")
    .summary("run an alert over lines of a log")
    .description(
      "Reads lines as the service reads what arrives (JSON, syslog, what products and shippers send) from standard input or a file, runs the alert over them in memory at the time of the newest, and shows what was read, which clauses matched, the groups, and the alert, or why there is none.",
    )
    .argument("<alert>", "the class name of the alert")
    .option("--file <file>", "the lines; default: standard input")
    .option("--at <time>", "when the alert looks; default: the time of the newest event")
    .option("--zone <offset>", "where times without a zone are from, such as +01:00; default: UTC")
    .option("--config <json>", "configuration of the alert, as JSON or @file")
    .option("--json", "print for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef try AlertSshPasswordGuessing --file auth.log --zone +01:00",
        "mozdef try AlertBruteforceSsh --file sshd.ndjson --json",
        "tail -1000 /var/log/auth.log | mozdef try AlertSshPasswordGuessing",
      ),
    )
    .action(async (alert: string, options: TryOptions) => done(await tryAlert(alert, options, terminal)));
};

const addMutate: AddCommand = (program, terminal, done) => {
  program
    .command("mutate")
    .summary("find out what the tests of an alert would not notice")
    .description(
      "Changes an alert in every small way (drops and negates clauses, moves the window, the threshold and the group field, changes each field of the alert and each condition of its code) and runs its own test cases on each change. What survives is printed with the case that is missing.",
    )
    .argument("[target]", TARGET)
    .option("--break <score>", "fail when an alert has a lower score, in percent; 0 never fails", "100")
    .option("--json", "print for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef mutate                           every pack of the workspace",
        "mozdef mutate AlertBruteforceSsh        one alert",
        "mozdef mutate alerts/ssh --break 90     be content when nine of ten changes are noticed",
        "mozdef mutate ssh --json >mutants.json  for tools",
      ),
    )
    .action(async (target: string | undefined, options: { readonly break: string; readonly json?: boolean }) => {
      const least = parseCount("--break", options.break, { least: 0, most: 100 });
      done(await mutate(target, { break: least, isJson: options.json === true }, terminal));
    });
};

const addExplain: AddCommand = (program, terminal, done) => {
  program
    .command("explain")
    .summary("say why an alert fires or stays silent")
    .description(
      "Asks the store about every clause of an alert by itself: which pass, which fail and why, which groups came near the threshold and what kept their other events out. Reads only.",
    )
    .argument("<alert>", "the class name of the alert")
    .option("--event <file>", "look at one event: a file with a JSON object")
    .option("--events <file>", "look at many: a file with a JSON list or a JSON object on each line")
    .option("--url <elasticsearch>", "look at a cluster; a key is taken from ELASTICSEARCH_API_KEY")
    .option("--prefix <text>", "with --url: what stands before every index name")
    .option("--id <index/id>", "with --url: look at this event only")
    .option(
      "--ecs [indices]",
      `events are in ECS, with --url in these indices, separated by commas; default: ${ECS_INDICES}`,
    )
    .option("--service <file>", SERVICE)
    .option("--no-service", "look at no configuration of the service")
    .option("--group <value>", "look at the events of this group only")
    .option("--at <time>", "when the alert looks; default: the time of the latest event, with --url now")
    .option("--config <json>", "configuration of the alert, as JSON or @file")
    .option("--json", "print for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef explain AlertBruteforceSsh --event event.json",
        "mozdef explain AlertBruteforceSsh --events sshd.ndjson --group 173.234.31.186",
        "mozdef explain AlertBruteforceSsh --events sshd.ndjson --at 2015-12-10T09:12:00Z",
        "mozdef explain AlertBruteforceSsh --url http://127.0.0.1:9200 --id events-20170101/AbC",
        "mozdef explain AlertBruteforceSsh --url http://127.0.0.1:9200 --ecs 'logs-system.auth-*'",
      ),
    )
    .action(async (alert: string, options: ExplainOptions) => done(await explainAlert(alert, options, terminal)));
};

const addBacktest: AddCommand = (program, terminal, done) => {
  program
    .command("backtest")
    .summary("run alerts over stored events and count what would have fired")
    .description(
      "Runs alerts at every slot of their schedules over stored events, in a store of its own: nothing is written to a cluster, marks of earlier alerts are ignored. Prints alerts a day, the noisiest groups, and the difference to another version.",
    )
    .argument("[target]", TARGET)
    .option("--events <file>", "a file with a JSON list or a JSON object on each line")
    .option("--url <elasticsearch>", "copy the events from a cluster; a key is taken from ELASTICSEARCH_API_KEY")
    .option("--prefix <text>", "with --url: what stands before every index name")
    .option(
      "--ecs [indices]",
      `events are in ECS, with --url in these indices, separated by commas; default: ${ECS_INDICES}`,
    )
    .option("--service <file>", SERVICE)
    .option("--no-service", "look at no configuration of the service")
    .option("--all-events", "take all events of the time from all sources, for alerts whose hooks search further")
    .option("--from <time>", "first slot; default: the first event")
    .option("--to <time>", "last slot; default: the first slot after the last event")
    .option("--against <version>", "compare with a git ref, a published version or a folder")
    .option("--config <json>", "configuration of the alert, as JSON or @file")
    .option("--include-disabled", "run also the alerts that their pack has switched off; one that is named always runs")
    .option("--max-per-day <count>", "fail when an alert fires more often on any day")
    .option("--jobs <count>", "processes at once", String(Math.min(4, availableParallelism())))
    .option("--resume <file>", "note the progress after each day, and go on from there when run again")
    .option("--json", "print for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef backtest AlertBruteforceSsh --events sshd.ndjson",
        "mozdef backtest alerts/ssh --events day.ndjson --max-per-day 20",
        "mozdef backtest alerts/ssh --events day.ndjson --against main",
        "mozdef backtest alerts/deadman --events day.ndjson --include-disabled",
        "mozdef backtest ssh --url http://127.0.0.1:9200 --ecs 'logs-system.auth-*' --from 2017-01-01 --to 2017-01-08",
        "mozdef backtest ssh --url http://127.0.0.1:9200 --from 2017-01-01 --to 2017-01-08 --resume week.json",
      ),
    )
    .action(async (target: string | undefined, options: BacktestOptions) =>
      done(await backtest(target, options, terminal)),
    );
};

const addIntake: AddCommand = (program, terminal, done) => {
  program
    .command("intake")
    .summary("say how the service would read a log")
    .description(
      "Reads a file as the service reads what arrives: lines of text, JSON of log shippers and products; the packs around here may have parsers of their own. Prints for each event which parsers understood it, its fields, and what could not be read as it was meant. Fails when a parser is missing or something was not understood.",
    )
    .option("--explain <file>", "the log")
    .option("--at <time>", "when it arrives, for times without a year; default: now")
    .option("--zone <offset>", "where times without a zone are from, such as +01:00; default: UTC")
    .option(
      "--service <file>",
      "the configuration of the service, for the parsers of its packs; default: as for explain",
    )
    .option("--no-service", "look at no configuration of the service")
    .option("--json", "print an object a line, for tools")
    .addHelpText(
      "after",
      examples(
        "mozdef intake --explain /var/log/auth.log",
        "mozdef intake --explain auth.log --zone +01:00",
        "mozdef intake --explain cloudtrail.json --json",
      ),
    )
    .action(async (options: IntakeOptions) => done(await explainIntake(options, terminal)));
};

const addLint: AddCommand = (program, terminal, done) => {
  const rules = Object.entries(RULES).map(([rule, meaning]) => `  ${rule.padEnd(24)}${meaning}`);
  program
    .command("lint")
    .summary("check alerts for mistakes that tests do not show")
    .description("Checks searches, schedules, summaries, tests and documentation of alerts against the rules below.")
    .argument("[target]", TARGET)
    .option("--ignore <rules...>", "rules to leave out", [])
    .option("--service <file>", SERVICE)
    .option("--no-service", "look at no configuration of the service")
    .option("--json", "print for tools")
    .addHelpText("after", `\nRules:\n${rules.join("\n")}`)
    .addHelpText(
      "after",
      examples("mozdef lint", "mozdef lint alerts/ssh --ignore readme-missing", "mozdef lint --json"),
    )
    .action(async (target: string | undefined, options: LintOptions) => done(await lint(target, options, terminal)));
};

const addCompletion: AddCommand = (program, terminal) => {
  program
    .command("completion")
    .summary("print what makes a shell complete commands, options, packs and alerts")
    .description(
      "Prints a script for the shell, which completes commands, options, and the names of the packs and alerts around.",
    )
    .addArgument(new Argument("<shell>", "the shell").choices(SHELLS))
    .addHelpText(
      "after",
      examples(
        "source <(mozdef completion bash)                                   in ~/.bashrc",
        "source <(mozdef completion zsh)                                    in ~/.zshrc, after compinit",
        "mozdef completion fish > ~/.config/fish/completions/mozdef.fish",
      ),
    )
    .action((shell: Shell) => terminal.out(COMPLETIONS[shell]));
  program
    .command("complete", { hidden: true })
    .argument("[words...]")
    .action((words: readonly string[]) => {
      const found = candidates(program, words, () => targetNames(terminal.cwd));
      if (found.length > 0) terminal.out(found.join("\n"));
    });
};
