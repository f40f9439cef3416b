/**
 * The major version of the contract between alerts and what runs them. A pack may bring its own copy of this package;
 * its alerts are recognised by symbol, not by class, and run when this number is the same.
 */
export const ALERT_API_VERSION = 1;
