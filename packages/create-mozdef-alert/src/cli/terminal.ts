/** A choice of a question. */
export interface Choice<Value> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

/** Asks somebody. Tests answer by themselves. */
export interface Asker {
  /** @param check - The reason why an answer is refused; undefined when it is not. */
  text(
    question: string,
    options: { readonly initial: string; readonly check: (answer: string) => string | undefined },
  ): Promise<string>;
  choose<Value extends string>(question: string, choices: readonly Choice<Value>[]): Promise<Value>;
}

/** What the command needs of its process; tests put their own in place. */
export interface Terminal {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `22.18`. */
  readonly node: string;
  /** Whether a program is installed, so that it can be started by its name in another shell, too. */
  readonly has: (program: string) => boolean;
  /** Null when nobody is there to answer. */
  readonly asker: Asker | null;
  /** Runs a program with its output on the terminal (on stderr when `isQuiet`); resolves to its exit code. */
  readonly run: (
    command: string,
    words: readonly string[],
    options: { readonly cwd: string; readonly isQuiet: boolean },
  ) => Promise<number>;
}
