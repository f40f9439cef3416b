import { CreateError } from "../create-error.ts";

/** Everything that is derived from the name of an alert. */
export interface AlertName {
  /** As people say it: `proxy drop executable`. */
  readonly words: readonly string[];
  /** `AlertProxyDropExecutable`; the identity of the alert. */
  readonly className: string;
  /** `alert-proxy-drop-executable`: its folder, and its files without their endings. */
  readonly fileName: string;
  /** `Proxy drop executable`: the start of its summary. */
  readonly title: string;
}

const LONGEST = 80;
const RULE = `Letters from a to z, digits, spaces, "-" and "_", at most ${LONGEST} characters, e.g. "proxy drop executable".`;
const CLASS_NAME = /^Alert(?:[A-Z][a-z]*|\d+)+$/;

/** What `@mozdef/alert` and its runtime call so: an alert that imports one of them cannot be called like it. */
const TAKEN = new Set(
  "About Action ChangeRecord Comment Context Document Draft Error ErrorCode Exception Life Link Message Pack Plugin State Status Task TaskClass"
    .split(" ")
    .map((name) => `Alert${name}`),
);

/**
 * The names of an alert, by the original's rule: each word starts with a capital, `SSH bruteforce` is `AlertSshBruteforce`.
 * What would not be a valid class name there is made valid: `x509-check` is `AlertX509Check`. A class name is taken as it is.
 *
 * @throws {CreateError} `CREATE_NAME_INVALID` with the rule.
 * @see MozDef `scripts/alert_create.py` (`make new-alert`).
 */
export const alertName = (text: string): AlertName => {
  const name = text.trim();
  if (name === "" || name.length > LONGEST || !/^[A-Za-z0-9 _-]+$/.test(name) || !/[A-Za-z0-9]/.test(name))
    throw new CreateError("CREATE_NAME_INVALID", `This is not a name for an alert: ${JSON.stringify(text)}.\n${RULE}`);
  const names = CLASS_NAME.test(name) ? namesOf(wordsOfClass(name), name) : namesOf(wordsOf(name));
  if (!TAKEN.has(names.className)) return names;
  throw new CreateError(
    "CREATE_NAME_INVALID",
    `An alert cannot be called ${names.className}: @mozdef/alert has that name. Say what it looks for, e.g. "${names.words.join(" ")} deleted".`,
  );
};

const wordsOf = (name: string): readonly string[] => {
  const words = name
    .split(/[ _-]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
  // "alert proxy drop" means AlertProxyDrop.
  return words.length > 1 && words[0] === "alert" ? words.slice(1) : words;
};

/** `AlertSSHAccess` -> ssh, access. */
const wordsOfClass = (name: string): readonly string[] =>
  (name.slice("Alert".length).match(/[A-Z]+(?![a-z])\d*|[A-Z][a-z]*\d*|\d+/g) ?? []).map((word) => word.toLowerCase());

const namesOf = (words: readonly string[], className = `Alert${words.map(capital).join("")}`): AlertName => ({
  words,
  className,
  fileName: ["alert", ...words].join("-"),
  title: capital(words.join(" ")),
});

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
