import { isObject } from "../src/event/json.ts";
import { hostileLine, hostileValue, repeated } from "./hostile.ts";
import type { Random } from "./random.ts";
import { parsed, type Samples } from "./samples.ts";

/** One line of so many is very long. */
const LARGE = 400;

/** The lines of one input, some of them changed. What is JSON stays JSON for the most part. */
export const nextInput = (random: Random, samples: Samples): readonly string[] => {
  const isLarge = random.oneIn(LARGE);
  const kind = random.below(10);
  if (kind === 0) return [hostileLine(random, isLarge)];
  if (kind === 1) return someOf(random, samples).map((line) => mutatedLine(random, samples, line, false));
  return [mutatedLine(random, samples, random.pick(samples.lines), isLarge)];
};

/** Lines of one log that follow each other. */
const someOf = (random: Random, { logs }: Samples): readonly string[] => {
  const log = random.pick(logs);
  const start = random.below(log.length);
  return log.slice(random.oneIn(2) ? 0 : start, start + 1 + random.below(6));
};

const mutatedLine = (random: Random, samples: Samples, line: string, isLarge: boolean): string => {
  const times = isLarge ? 1 : random.below(4);
  let text = line;
  for (let time = 0; time < times; time += 1) {
    const value = random.oneIn(5) ? undefined : parsed(text);
    text = isObject(value) ? inJson(random, samples, value, isLarge) : inText(random, samples, text, isLarge);
  }
  return random.oneIn(15) ? wrapped(random, text) : text;
};

/** Changes a text anywhere: cuts, doubles, joins and inserts. */
const inText = (random: Random, { lines }: Samples, text: string, isLarge: boolean): string => {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(30));
  const [before, after] = [text.slice(0, at), text.slice(end)];
  if (isLarge)
    return before + (random.oneIn(3) ? text.slice(at, end + 1).repeat(5_000) : repeated(random, true)) + after;
  switch (random.below(6)) {
    case 0:
      return before + after;
    case 1:
      return before + text.slice(at, end).repeat(1 + random.below(8)) + text.slice(at);
    case 2: {
      const other = random.pick(lines);
      return before + other.slice(random.below(other.length));
    }
    case 3:
      return before + hostileLine(random, false) + after;
    case 4:
      return before + String.fromCharCode(random.below(random.oneIn(4) ? 65_536 : 128)) + text.slice(at + 1);
    default:
      return before + repeated(random, false) + text.slice(at);
  }
};

/** Changes one place of a document. Texts are made of JSON so that prototype keys and long numbers come out as a sender writes them. */
const inJson = (random: Random, samples: Samples, value: unknown, isLarge: boolean): string => {
  if (Array.isArray(value) && value.length > 0 && !random.oneIn(4)) {
    const place = random.below(value.length);
    return `[${value.map((inner, at) => (at === place ? inJson(random, samples, inner, isLarge) : JSON.stringify(inner))).join(",")}]`;
  }
  if (!isObject(value) || Object.keys(value).length === 0 || random.oneIn(6)) {
    if (typeof value === "string" && random.oneIn(2)) return JSON.stringify(inText(random, samples, value, isLarge));
    return hostileValue(random, isLarge);
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, JSON.stringify(inner)] as [string, string]);
  const place = random.below(entries.length);
  const [name, text] = entries[place] ?? ["", "null"];
  const chosen = random.below(8);
  if (chosen === 0) entries.splice(place, 1);
  else if (chosen === 1) entries[place] = [random.pick(samples.names), text];
  else if (chosen === 2) entries.push([random.pick(samples.names), hostileValue(random, isLarge)]);
  else if (chosen === 3) entries.push([hostileLine(random, false), text]);
  else entries[place] = [name, inJson(random, samples, value[name], isLarge)];
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${inner}`).join(",")}}`;
};

/** One more envelope around it. */
const wrapped = (random: Random, text: string): string => {
  const inner = JSON.stringify(text);
  switch (random.below(6)) {
    case 0:
      return `{"message":${inner},"@timestamp":"2026-05-04T11:00:00Z","ecs":{"version":"8.0"},"log":{"offset":1}}`;
    case 1:
      return `{"MESSAGE":${inner},"PROGRAM":"sshd","HOST":"gate2"}`;
    case 2:
      return `{"event":${inner},"host":"gate2"}`;
    case 3:
      return `{"log":${inner},"stream":"stdout"}`;
    case 4:
      return `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"body":{"stringValue":${inner}}}]}]}]}`;
    default:
      return `<38>May  4 11:00:00 gate2 sshd[77]: ${text}`;
  }
};
