import type { DateElement } from "./date-element.ts";
import { fixedZone } from "./zone.ts";

/** How an offset is written. */
export interface OffsetStyle {
  readonly colon: boolean;
  /** Whether minutes are left out when there are none. */
  readonly minutes: "always" | "unless zero";
  readonly seconds: "never" | "unless zero";
  /** Stands for no offset at all. */
  readonly zero: string;
}

const two = (value: number): string => String(value).padStart(2, "0");

const shown = (offsetMs: number, { colon, minutes, seconds, zero }: OffsetStyle): string => {
  const total = Math.abs(offsetMs) / 1000;
  const [hour, minute, second] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const isShown = seconds === "unless zero" && second > 0;
  if (hour === 0 && minute === 0 && !isShown) return zero;
  const between = colon ? ":" : "";
  const rest = minutes === "always" || minute > 0 ? between + two(minute) : "";
  return `${offsetMs < 0 ? "-" : "+"}${two(hour)}${rest}${isShown ? between + two(second) : ""}`;
};

const patternOf = ({ colon, minutes, seconds }: OffsetStyle): RegExp => {
  const part = `${colon ? ":" : ""}([0-5]\\d)`;
  const last = seconds === "never" ? "" : `(?:${part})?`;
  return new RegExp(`^([+-])(\\d{2})${minutes === "always" ? part : `(?:${part})?`}${last}`);
};

/** An offset from UTC such as `+01:00`. */
export const offset = (style: OffsetStyle): DateElement => {
  const pattern = patternOf(style);
  return {
    print: ({ offsetMs }) => shown(offsetMs, style),
    parse: (reading, at) => {
      const match = pattern.exec(reading.text.slice(at, at + 9));
      if (match) {
        const seconds = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60 + Number(match[4] ?? 0);
        const zone = fixedZone(match[1] === "-" ? -seconds : seconds);
        if (!zone) return -1;
        reading.zone = zone;
        return at + match[0].length;
      }
      if (!reading.text.startsWith(style.zero, at)) return -1;
      reading.zone = fixedZone(0);
      return at + style.zero.length;
    },
  };
};

/** `+01:00` or `Z`. */
export const colonOffset = offset({ colon: true, minutes: "always", seconds: "never", zero: "Z" });
/** `+0100` or `Z`. */
export const plainOffset = offset({ colon: false, minutes: "unless zero", seconds: "never", zero: "Z" });

/** `GMT+1` or, when it is full, `GMT+01:00`. */
export const gmtOffset = (isFull: boolean): DateElement => ({
  print: ({ offsetMs }) => {
    const text = shown(offsetMs, {
      colon: true,
      minutes: isFull ? "always" : "unless zero",
      seconds: "unless zero",
      zero: "",
    });
    return `GMT${isFull ? text : text.replace(/^([+-])0/, "$1")}`;
  },
  parse: (reading, at) => {
    const pattern = isFull ? /^GMT(?:([+-])(\d{2}):([0-5]\d))?/ : /^GMT(?:([+-])(\d{1,2})(?::([0-5]\d))?)?/;
    const match = pattern.exec(reading.text.slice(at, at + 12));
    const seconds = (Number(match?.[2] ?? 0) * 60 + Number(match?.[3] ?? 0)) * 60;
    const zone = fixedZone(match?.[1] === "-" ? -seconds : seconds);
    if (!match || !zone) return -1;
    reading.zone = zone;
    return at + match[0].length;
  },
});
