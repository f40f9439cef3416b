import { at, type JsonObject, textAt } from "../event/json.ts";

/**
 * Names that together only one kind of log has, the kinds that alerts read first. With `|` one of several: what has no value is
 * left out of JSON.
 *
 * @see Zeek "Log Files"
 */
const KINDS: readonly (readonly [kind: string, ...names: string[]])[] = [
  ["notice", "note", "actions|suppress_for|peer_descr"],
  ["intel", "seen.indicator|seen_indicator", "seen.where|seen_where"],
  ["conn", "uid", "conn_state|missed_bytes"],
  ["ssh", "uid", "auth_attempts|auth_success|host_key_alg"],
  ["http", "uid", "trans_depth", "request_body_len"],
  ["smtp", "uid", "trans_depth", "helo|mailfrom|rcptto|last_reply"],
  ["dns", "uid", "trans_id", "query|qtype|rcode"],
  ["ssl", "uid", "established", "resumed|cipher|server_name|version"],
  ["ftp", "uid", "command", "reply_code|reply_msg|user"],
  ["rdp", "uid", "cookie|security_protocol|keyboard_layout", "result|client_build|cert_count|security_protocol"],
  ["kerberos", "uid", "request_type", "client|service"],
  ["ntlm", "uid", "server_nb_computer_name|server_dns_computer_name|domainname"],
  ["dce_rpc", "uid", "endpoint", "operation"],
  ["smb_files", "uid", "action", "times.modified|times_modified|path|prev_name"],
  ["smb_mapping", "uid", "share_type"],
  ["ldap_search", "uid", "message_id", "scope|base_object|base_objects|deref_alias"],
  ["ldap", "uid", "message_id", "opcode|opcodes"],
  ["mysql", "uid", "cmd", "arg|response|rows"],
  ["sip", "uid", "call_id", "method|status_code|request_from"],
  ["snmp", "uid", "community", "get_requests|get_responses"],
  ["radius", "uid", "username", "mac|framed_addr|ttl|reply_msg|result"],
  ["tunnel", "uid", "tunnel_type"],
  ["dhcp", "uids", "mac|msg_types|client_addr"],
  ["files", "fuid", "source", "analyzers|seen_bytes"],
  ["x509", "certificate.serial|certificate_serial"],
  ["software", "software_type", "name"],
  ["weird", "name", "notice", "peer"],
];

/** Longest name of a log; `_path` of others means something else. */
const PATH = /^[\w-]{1,64}$/;

/** The name of the log that a record is from. undefined when it says nothing about it. */
export const zeekKindOf = (record: JsonObject): string | undefined => {
  const path = textAt(record, "_path");
  if (path !== undefined) return PATH.test(path) ? path : undefined;
  return KINDS.find(([, ...names]) => names.every((alternatives) => hasOne(record, alternatives)))?.[0];
};

const hasOne = (record: JsonObject, alternatives: string): boolean =>
  alternatives.split("|").some((name) => at(record, name) !== undefined);

/** Nobody else names the ends of a connection so. */
export const isConnection = (record: JsonObject): boolean =>
  hasOne(record, "uid") && hasOne(record, "id.orig_h|id_orig_h") && hasOne(record, "id.resp_h|id_resp_h");
