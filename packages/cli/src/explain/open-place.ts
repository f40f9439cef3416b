import type { Scope } from "@mozdef/alert-explain";
import { resolve } from "node:path";
import { CliError } from "../cli-error.ts";
import { closeStore, connect } from "../events/connect.ts";
import { parseTime } from "../parse-options.ts";
import type { Terminal } from "../terminal.ts";
import type { ExplainOptions } from "./explain-options.ts";
import { filePlace } from "./file-place.ts";
import type { LookingAlert, OpenPlace } from "./place.ts";

/** @throws {CliError} `CLI_OPTION_INVALID`, `CLI_INPUT_INVALID`, `CLI_SOURCE_UNKNOWN`. */
export const openPlace = (options: ExplainOptions, alert: LookingAlert, { cwd }: Terminal): Promise<OpenPlace> => {
  const given = [options.event, options.events, options.url].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new CliError(
      "CLI_OPTION_INVALID",
      "Say where the events are: one of --event <file>, --events <file>, --url <elasticsearch>.",
    );
  if (options.url !== undefined) return Promise.resolve(clusterPlace(options.url, options, alert));
  return filePlace(resolve(cwd, options.event ?? options.events ?? ""), options, alert);
};

const clusterPlace = (url: string, { prefix, id, at }: ExplainOptions, { sources }: LookingAlert): OpenPlace => {
  const now = at === undefined ? new Date() : parseTime("--at", at);
  const event = id === undefined ? undefined : addressOf(id);
  const store = connect({ url, prefix, sources });
  return { store, sources: sources.sources, now, event, close: () => closeStore(store) };
};

const addressOf = (text: string): NonNullable<Scope["event"]> => {
  const [, index = "", id = ""] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  if (id !== "") return { _index: index, _id: id };
  throw new CliError("CLI_OPTION_INVALID", `--id needs index/id, such as events-20170101/AbC. Received: ${text}.`);
};
