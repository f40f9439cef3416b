/** A command of a recording, and what it has printed. */
export interface Step {
  readonly command: string;
  /** Ends in `&` in the recording: it runs on while the next ones are executed. */
  readonly isService: boolean;
  readonly output: string;
}

/** The steps of a block: a line that begins with `$ ` is a command, those below are its output. */
export const stepsOf = (text: string): readonly Step[] =>
  text
    .split(/^\$ /m)
    .slice(1)
    .map((step) => {
      const [line = "", ...output] = step.split("\n");
      return {
        command: line.replace(/ &$/, ""),
        isService: line.endsWith(" &"),
        output: output.join("\n").trimEnd(),
      };
    });

/** What differs from machine to machine and from run to run, and what stands for it. */
const NEUTRAL: readonly (readonly [RegExp, string])[] = [
  // What npm says of the script that it runs.
  [/^> .*\n/gm, ""],
  // What vitest says of tests that have taken long.
  [/^ {3,}[✓✔].*\n/gm, ""],
  [/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g, "TIME"],
  [/\b\d{2}:\d{2}:\d{2}\b/g, "TIME"],
  [/\b\d+(?:\.\d+)? ?m?s\b/g, "DURATION"],
  [/\bv\d+\.\d+\.\d+\b/g, "VERSION"],
  [/127\.0\.0\.1:\d+/g, "127.0.0.1:PORT"],
  [/"pid":\d+,"hostname":"[^"]*"/g, '"pid":PID,"hostname":"HOST"'],
  [/"time":\d+/g, '"time":TIME'],
  [/"durationMs":\d+(?:\.\d+)?/g, '"durationMs":DURATION'],
  [/\b(?:events|alerts)-\d{6,8}\b/g, "INDEX"],
  [/\b[0-9a-f]{32}\b/g, "ID"],
  [/ \((?:transform|setup|import|tests|collect|environment|prepare|worker)[^)]*\)/g, ""],
  [/\bmozdef-alert-runner \d+\.\d+\.\d+\S*/g, "mozdef-alert-runner VERSION"],
];

/**
 * An output without what is different each time.
 *
 * @param folder - Of the project; it is `my-alerts` in the recording.
 */
export const neutral = (output: string, folder: string): string => {
  const local = output.replaceAll(folder, "my-alerts");
  const text = NEUTRAL.reduce((before, [pattern, stand]) => before.replaceAll(pattern, stand), local);
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
};
