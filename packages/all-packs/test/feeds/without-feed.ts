const OF_HOURS = "Asks for a hundred failed logins or more over hours, too many for a sample; its own tests have them.";

/** Packs for which no feed is asked: their alerts need rules or terms that are not here. */
export const PACKS_WITHOUT_FEEDS: ReadonlySet<string> = new Set(["generic", "watchlist"]);

/** Alerts that no feed sets off, and why. */
export const WITHOUT_FEED: Readonly<Record<string, string>> = {
  AlertSSLBlacklistHit: "Asks for a category that nothing sends: Zeek's hits have that of all its logs.",
  AlertSshHostUnderAttack: OF_HOURS,
  AlertSshSlowGuessing: OF_HOURS,
  OldEvents: "Asks for events of more than a day ago; those of the feeds are of today.",
};
