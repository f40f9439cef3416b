import { explain, type Explanation, printExplanation } from "@mozdef/alert-explain";
import { openContext } from "@mozdef/alert-engine";
import { styleText } from "node:util";
import { CliError } from "../cli-error.ts";
import { alertServices } from "../events/alert-services.ts";
import { alertSources, sourceUnknown } from "../events/alert-sources.ts";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import { findAlert } from "../packs/find-target.ts";
import { packParsers } from "../packs/pack-parsers.ts";
import { taskOf } from "../packs/runnable.ts";
import { parseConfig } from "../parse-options.ts";
import { findServiceConfig } from "../service/service-config.ts";
import type { Terminal } from "../terminal.ts";
import type { ExplainOptions } from "./explain-options.ts";
import { openPlace } from "./open-place.ts";

/** Says why an alert fires or stays silent. */
export const explainAlert = async (name: string, options: ExplainOptions, terminal: Terminal): Promise<ExitCode> => {
  const { pack, alert } = await findAlert(name, terminal.cwd);
  const entry = pack.runnables.byName.get(alert);
  if (entry === undefined) throw new CliError("CLI_TARGET_UNKNOWN", `There is no alert ${alert} in ${pack.name}.`);
  const task = taskOf(alert, entry, parseConfig(options.config, terminal.cwd));
  const service = findServiceConfig(options.service, terminal.cwd);
  const sources = await alertSources({ ecs: options.ecs, service });
  const parsers = await packParsers({ own: pack, config: sources.config, ...terminal });
  const looking = { task, source: sources.given(alert), sources, fields: pack.pack.fields, parsers };
  const place = await openPlace(options, looking, terminal);
  const choice = { sources: place.sources, source: looking.source };
  try {
    const signal = new AbortController().signal;
    const { context } = openContext(place.store, alertServices(terminal), {
      task: alert,
      choice,
      now: place.now,
      signal,
    });
    const explanation = await explain(place.store, task, { context, choice, event: place.event, group: options.group });
    terminal.out(options.json === true ? JSON.stringify(explanation, null, 2) : printed(explanation, terminal));
    return EXIT.ok;
  } catch (cause) {
    throw sourceUnknown(cause, sources) ?? cause;
  } finally {
    await place.close();
  }
};

const printed = (explanation: Explanation, { hasColours }: Terminal): string =>
  printExplanation(
    explanation,
    hasColours ? { pass: styleText("green", "PASS"), fail: styleText("red", "FAIL") } : undefined,
  );
