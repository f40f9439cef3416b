const COLOURS: ReadonlyMap<string, string> = new Map([
  ["CRITICAL", "#a4262c"],
  ["ERROR", "#d83b01"],
  ["WARNING", "#f2a900"],
  ["NOTICE", "#0078d4"],
  ["INFO", "#5c8a00"],
]);

/** The colour beside an alert in a chat, as `#rrggbb`. */
export const severityColour = (severity: string): string => COLOURS.get(severity) ?? "#767676";
