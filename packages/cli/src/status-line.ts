/** A stream that may be a screen, such as `process.stderr`. */
export interface ScreenStream {
  readonly isTTY?: boolean | undefined;
  /** Width; absent or 0 where nobody has set it. */
  readonly columns?: number | undefined;
  readonly write: (text: string) => unknown;
}

/** The last line of a terminal, rewritten whenever it changes. Without a terminal nothing is shown. */
export interface StatusLine {
  /** @param draw - Makes the text for a width in columns: one line that is shorter than that. */
  readonly show: (draw: (columns: number) => string) => void;
  readonly clear: () => void;
  /** Lets something else write whole lines to the screen: they stand above the line. */
  readonly above: (write: () => void) => void;
}

const USUAL_COLUMNS = 80;

/** To the first column, and empty from there. */
const EMPTY = "\r\u001b[K";

/** @param isDumb - The screen knows no control sequences (`TERM=dumb`), so it is taken for none. */
export const statusLine = (stream: ScreenStream, { isDumb }: { readonly isDumb: boolean }): StatusLine => {
  const isScreen = stream.isTTY === true && !isDumb;
  let shown = "";
  const replace = (text: string): void => {
    if (text === shown) return;
    shown = text;
    stream.write(`${EMPTY}${text}`);
  };
  return {
    show: (draw) => {
      // Asked each time: windows change.
      if (isScreen)
        replace(draw(stream.columns === undefined || stream.columns === 0 ? USUAL_COLUMNS : stream.columns));
    },
    clear: () => replace(""),
    above: (write) => {
      const text = shown;
      replace("");
      write();
      replace(text);
    },
  };
};
