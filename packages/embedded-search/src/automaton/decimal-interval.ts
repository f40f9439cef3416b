import { type Automaton, AutomatonBuilder } from "./automaton.ts";

const ZERO = 0x30;

/**
 * Matches decimal numbers of a range, both ends included.
 *
 * @param digits - Exact number of digits, filled up with zeros; 0 for any number of leading zeros.
 */
export function decimalInterval(min: number, max: number, digits: number): Automaton {
  const length = digits > 0 ? digits : String(max).length;
  const low = String(min).padStart(length, "0");
  const high = String(max).padStart(length, "0");
  const builder = new AutomatonBuilder();
  const start = builder.state();
  const states = new Map<string, number>();
  // A number read so far may still have to stay above the lowest (onLow) and below the highest (onHigh).
  const stateAt = (index: number, onLow: boolean, onHigh: boolean): number => {
    const key = `${index} ${onLow} ${onHigh}`;
    const known = states.get(key);
    if (known !== undefined) return known;
    const state = builder.state(index === length);
    states.set(key, state);
    if (index === length) return state;
    const from = onLow ? Number(low[index]) : 0;
    const to = onHigh ? Number(high[index]) : 9;
    for (let digit = from; digit <= to; digit++) {
      const target = stateAt(index + 1, onLow && digit === from, onHigh && digit === to);
      builder.move(state, ZERO + digit, ZERO + digit, target);
    }
    return state;
  };
  builder.imitate(start, stateAt(0, true, true));
  if (digits > 0) return builder.build();
  // Without a fixed length, zeros may be left out or added in front.
  let [onLow, onHigh] = [low.startsWith("0"), high.startsWith("0")];
  for (let index = 1; index < length && onLow; index++) {
    builder.imitate(start, stateAt(index, true, onHigh));
    onLow &&= low[index] === "0";
    onHigh &&= high[index] === "0";
  }
  builder.move(start, ZERO, ZERO, start);
  return builder.build();
}
