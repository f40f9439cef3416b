/** Where a command reads and writes; tests put their own in place. */
export interface Terminal {
  /** Results. */
  readonly out: (text: string) => void;
  /** Progress and errors: never part of a result that is piped on. */
  readonly err: (text: string) => void;
  /** Writes a line over the last one; only where `isScreen`. */
  readonly over: (text: string) => void;
  readonly cwd: string;
  /** Whether `err` is a screen, on which a line can be written over. */
  readonly isScreen: boolean;
  /** Whether `out` may be coloured. */
  readonly hasColours: boolean;
}

/** The terminal of this process. */
export const processTerminal = (): Terminal => ({
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  over: (text) => void process.stderr.write(`\r\u001b[K${text}`),
  cwd: process.cwd(),
  isScreen: process.stderr.isTTY,
  hasColours: process.stdout.isTTY && process.env.NO_COLOR === undefined,
});

/** A bar on the screen; nothing where there is none. */
export interface ProgressBar {
  readonly show: (share: number, detail: string) => void;
  readonly end: () => void;
}

const WIDTH = 30;

export const progressBar = ({ isScreen, over }: Terminal, title: string): ProgressBar => {
  let shown = "";
  return {
    show: (share, detail) => {
      const filled = Math.round(Math.min(1, Math.max(0, share)) * WIDTH);
      const text = `${title} [${"#".repeat(filled)}${" ".repeat(WIDTH - filled)}] ${Math.floor(share * 100)} % ${detail}`;
      if (!isScreen || text === shown) return;
      shown = text;
      over(text);
    },
    end: () => {
      if (shown !== "") over("");
    },
  };
};
