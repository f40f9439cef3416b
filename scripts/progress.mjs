// What takes long says so from its first second, on standard error, where it is no part of a result.
import { clearInterval, setInterval } from "node:timers";

const EMPTY = "\r\u001b[K";
const EVERY_MS = 1_000;

/**
 * Shows a line while something is done: on a screen rewritten each second, elsewhere once, and once more with the time it took.
 *
 * @template Value
 * @param {string} what - such as "Installing"
 * @param {(note: (text: string) => void) => Promise<Value>} work - `note`: how far it is
 * @returns {Promise<Value>}
 */
export const showing = async (what, work) => {
  const began = Date.now();
  let noted = "";
  const seconds = () => Math.round((Date.now() - began) / 1_000);
  const line = () => `${what}${noted === "" ? "" : `: ${noted}`} (${seconds()} s)`;
  const isScreen = process.stderr.isTTY && process.env.TERM !== "dumb";
  const draw = () => void (isScreen && process.stderr.write(EMPTY + line()));
  if (isScreen) draw();
  else console.error(`${what} ...`);
  const timer = setInterval(draw, EVERY_MS);
  try {
    return await work((text) => {
      noted = text;
      draw();
    });
  } finally {
    clearInterval(timer);
    if (isScreen) process.stderr.write(EMPTY);
    else if (seconds() > 2) console.error(`${what}: done in ${seconds()} s`);
  }
};
