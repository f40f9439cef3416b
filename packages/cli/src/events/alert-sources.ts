import type { Sources } from "@mozdef/alert/runtime";
import { AlertError } from "@mozdef/alert/runtime";
import { CliError } from "../cli-error.ts";
import { readServiceConfig, type ServiceConfig } from "../service/service-config.ts";
import { ECS, ecsOption } from "./ecs-source.ts";

/** Where the alerts of a command look for events. */
export interface AlertSources {
  readonly sources: Sources;
  /** The source that an alert is given; undefined for the service's own events. */
  readonly given: (alert: string) => string | undefined;
  /** The configuration that says so; null when there is none. */
  readonly file: string | null;
  readonly config: ServiceConfig;
}

/** What says where alerts look, as data. */
export interface SourceOptions {
  /** As commander gives `--ecs`: every alert is given such a source. */
  readonly ecs?: string | boolean | null | undefined;
  /** The configuration of the service; null when there is none. */
  readonly service: string | null;
}

/**
 * Reads where alerts look: what `--ecs` says goes before what the configuration of the service says.
 *
 * @throws {CliError} `CLI_CONFIG_INVALID`.
 */
export const alertSources = async ({ ecs, service }: SourceOptions): Promise<AlertSources> => {
  const config = await readServiceConfig(service);
  const { sources, given, file } = config;
  const source = ecsOption(ecs);
  return source === null
    ? { sources, given: (alert) => given.get(alert), file, config }
    : { sources: { ...sources, [ECS]: source }, given: () => ECS, file, config };
};

/** The error of an alert that looks in a source that nothing defines, with what to do about it; null for any other. */
export const sourceUnknown = (cause: unknown, { file }: Pick<AlertSources, "file">): CliError | null => {
  if (!(cause instanceof AlertError)) return null;
  // A search inside of `main` is wrapped.
  if (cause.code !== "ALERT_SOURCE_UNKNOWN") return sourceUnknown(cause.cause, { file });
  const hint =
    file === null
      ? "No configuration of the service was found here or in the folders above: name it with --service <file>."
      : `The configuration is ${file}.`;
  return new CliError("CLI_SOURCE_UNKNOWN", `${cause.message}\n${hint}`, { cause });
};
