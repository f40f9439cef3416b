/** The clock of every test unless it says otherwise: the one of MozDef's own tests. */
export const DEFAULT_NOW = "2017-01-01T01:00:00Z";
