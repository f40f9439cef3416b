const KNOWN_SEVERITIES = new Set(["CRITICAL", "ERROR", "WARNING", "NOTICE", "INFO"]);

/** The name of a severity's colour: one of MozDef's five, or `other`. */
export const severityTone = (severity: string): string =>
  KNOWN_SEVERITIES.has(severity.toUpperCase()) ? severity.toLowerCase() : "other";
