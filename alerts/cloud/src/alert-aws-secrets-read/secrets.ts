import { textAt } from "@mozdef/alert";
import type { Call } from "../call.ts";
import { textsBelow } from "../call-parameters.ts";

/** Calls that read one kind of secret. */
export interface SecretKind {
  readonly names: readonly string[];
  readonly words: string;
  /** Whether one call can ask for several. */
  readonly isBatch: boolean;
  /** What a call asks for, one text for each secret. */
  readonly asked: (call: Call) => readonly string[];
}

/** At most so many secrets come with one call, and are taken to come when the call only says how they are selected. */
export const MOST_A_CALL = 10;

const named =
  (...keys: readonly string[]): SecretKind["asked"] =>
  ({ parameters }) =>
    textsBelow(parameters, ...keys);

/** A batch that is selected by a filter or a path does not say what it reads. */
const selected = ({ event }: Call): readonly string[] =>
  Array.from({ length: MOST_A_CALL }, (_, index) => `${textAt(event, "details.eventid", event._id)} ${index}`);

export const SECRETS: Readonly<Record<string, SecretKind>> = {
  secrets: {
    names: ["GetSecretValue"],
    words: "secrets of Secrets Manager",
    isBatch: false,
    asked: named("secretid"),
  },
  batches: {
    names: ["BatchGetSecretValue"],
    words: "secrets of Secrets Manager, in batches,",
    isBatch: true,
    asked: (call) => {
      const secrets = named("secretidlist")(call);
      return secrets.length > 0 ? secrets : selected(call);
    },
  },
  parameters: {
    names: ["GetParameter", "GetParameters", "GetParametersByPath"],
    words: "encrypted parameters of Systems Manager",
    isBatch: true,
    asked: (call) => {
      if (call.parameters.withdecryption !== true) return [];
      return call.name === "GetParametersByPath" ? selected(call) : named("name", "names")(call);
    },
  },
  passwords: {
    names: ["GetPasswordData"],
    words: "Windows passwords of instances",
    isBatch: false,
    asked: named("instanceid"),
  },
  scripts: {
    names: ["DescribeInstanceAttribute"],
    words: "start scripts of instances",
    isBatch: false,
    asked: (call) => (call.parameters.attribute === "userData" ? named("instanceid")(call) : []),
  },
};
