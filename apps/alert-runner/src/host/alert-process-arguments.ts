/** What a process for alerts is told when it is started. */
export interface AlertProcessArguments {
  /** The configuration file; null when there is none. */
  readonly file: string | null;
  /** Whether it has the alerts of the packs under `isolation.trusted`, or those of all others. */
  readonly isTrusted: boolean;
  /** The indices of all packs, also of those that it does not load. */
  readonly indices: readonly string[];
}

export const writeArguments = (given: AlertProcessArguments): string => JSON.stringify(given);

/** @throws {Error} when the process was not started by the service. */
export const readArguments = (text: string | undefined): AlertProcessArguments => {
  if (text === undefined) throw new Error("Expected: started by the service, with its arguments. Received: none.");
  return JSON.parse(text) as AlertProcessArguments;
};
