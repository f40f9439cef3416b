import type { Parser } from "../event/parser.ts";
import { accounts } from "./accounts.ts";
import { audispJson } from "./audisp-json.ts";
import { auditd } from "./auditd.ts";
import { auth0 } from "./auth0.ts";
import { cef } from "./cef.ts";
import { cloudtrail } from "./cloudtrail.ts";
import { duo } from "./duo.ts";
import { duoUnix } from "./duo-unix.ts";
import { entraSignIn } from "./entra-signin.ts";
import { fail2ban } from "./fail2ban.ts";
import { githubAudit } from "./github-audit.ts";
import { googleWorkspace } from "./google-workspace.ts";
import { guardduty } from "./guardduty.ts";
import { kubernetesAudit } from "./kubernetes-audit.ts";
import { leef } from "./leef.ts";
import { netfilter } from "./netfilter.ts";
import { okta } from "./okta.ts";
import { pam } from "./pam.ts";
import { squid } from "./squid.ts";
import { su } from "./su.ts";
import { sudo } from "./sudo.ts";
import { suricata } from "./suricata.ts";
import { webAccess } from "./web-access.ts";
import { windowsSecurity } from "./windows-security.ts";
import { zeek } from "./zeek.ts";
import { sshd } from "./sshd.ts";

/** In the order in which they are asked; each is sure of what it recognises, so the order decides nothing but time. */
export const PARSERS: readonly Parser[] = [
  sshd,
  cef,
  leef,
  pam,
  su,
  sudo,
  accounts,
  netfilter,
  fail2ban,
  duoUnix,
  audispJson,
  auditd,
  auth0,
  cloudtrail,
  duo,
  entraSignIn,
  githubAudit,
  googleWorkspace,
  guardduty,
  kubernetesAudit,
  okta,
  squid,
  suricata,
  webAccess,
  windowsSecurity,
  zeek,
];
