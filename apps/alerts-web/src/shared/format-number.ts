const COUNT = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A number for reading: `12,345`. */
export const formatCount = (count: number): string => COUNT.format(count);

/** `1 event`, `12,345 events`. @param many - Default: the word with an s. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

const UNITS = ["KiB", "MiB", "GiB", "TiB"] as const;

/** An amount of memory: `512 bytes`, `1.5 MiB`. */
export const formatBytes = (bytes: number): string => {
  const power = Math.min(UNITS.length, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const unit = UNITS[power - 1];
  return unit === undefined ? counted(Math.round(bytes), "byte") : `${short(bytes / 1_024 ** power)} ${unit}`;
};

/** A length of time by its two largest units: `12 s`, `3 min 5 s`, `2 d 4 h`. Less than a second: `under a second`. */
export const formatDuration = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  const parts = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor(seconds / 3_600) % 24, "h"],
    [Math.floor(seconds / 60) % 60, "min"],
    [seconds % 60, "s"],
  ] as const;
  const first = parts.findIndex(([value]) => value > 0);
  if (first === -1) return "under a second";
  const shown = parts.slice(first, first + 2).filter(([value]) => value > 0);
  return shown.map(([value, unit]) => `${value} ${unit}`).join(" ");
};

const short = (value: number): string =>
  value < 10 ? value.toFixed(1).replace(/\.0$/, "") : String(Math.round(value));
