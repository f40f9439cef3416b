/** What a notice of Zeek means. */
export interface Notice {
  /** Its name; `*` stands for any characters. */
  readonly note: string;
  readonly words: string;
  readonly severity: "NOTICE" | "WARNING" | "CRITICAL";
}

/** Notices of Zeek's own scripts and of packages that tell of attacks; the first that fits says what one means. */
export const NOTICES: readonly Notice[] = [
  // Passwords
  { note: "FTP::Bruteforcing", words: "FTP passwords guessed", severity: "WARNING" },
  { note: "SSH::Password_Guessing", words: "SSH passwords guessed", severity: "WARNING" },
  { note: "SSH::Login_By_Password_Guesser", words: "SSH login of a password guesser", severity: "CRITICAL" },
  { note: "RDP::*Brute*", words: "RDP passwords guessed", severity: "WARNING" },
  // Web
  { note: "HTTP::SQL_Injection_Attacker", words: "SQL injection tried", severity: "WARNING" },
  { note: "HTTP::SQL_Injection_Victim", words: "target of SQL injection", severity: "WARNING" },
  { note: "HTTP::*Webshell*", words: "web shell", severity: "CRITICAL" },
  // Heartbleed
  { note: "Heartbleed::SSL_Heartbeat_Attack_Success", words: "Heartbleed, answered with memory", severity: "CRITICAL" },
  { note: "Heartbleed::SSL_Heartbeat_Attack", words: "Heartbleed tried", severity: "WARNING" },
  { note: "Heartbleed::SSL_Heartbeat_Odd_Length", words: "heartbeat of odd length", severity: "NOTICE" },
  { note: "Heartbleed::SSL_Heartbeat_Many_Requests", words: "many heartbeats", severity: "NOTICE" },
  // Exploits: scripts and packages for one vulnerability each
  { note: "FTP::Site_Exec_Success", words: "command run by SITE EXEC of FTP", severity: "CRITICAL" },
  { note: "CVE_*", words: "exploit of a known vulnerability", severity: "CRITICAL" },
  { note: "Log4j::*", words: "Log4Shell", severity: "CRITICAL" },
  { note: "Zerologon::*", words: "Zerologon", severity: "CRITICAL" },
  { note: "EternalSafety::*", words: "exploit of SMB version 1", severity: "CRITICAL" },
  // Behaviour inside of the network (package BZAR)
  { note: "ATTACK::Lateral_Movement*", words: "lateral movement over SMB or RPC", severity: "CRITICAL" },
  { note: "ATTACK::*", words: "technique of MITRE ATT&CK", severity: "WARNING" },
  // Files and signatures
  { note: "TeamCymruMalwareHashRegistry::Match", words: "known malware transferred", severity: "CRITICAL" },
  { note: "Signatures::Sensitive_Signature", words: "signature of an attack", severity: "WARNING" },
  { note: "Signatures::Multiple_Signatures", words: "several signatures for one host", severity: "WARNING" },
  { note: "Signatures::Multiple_Sig_Responders", words: "one signature for many hosts", severity: "WARNING" },
];

/** Whether the name of a notice fits one with `*`. */
export const fits = (note: string, pattern: string): boolean => {
  const parts = pattern.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(note);
};
