import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { alertName } from "./alert-name.ts";

const accepts = (name: string): boolean => {
  try {
    return alertName(name).className === name;
  } catch {
    return false;
  }
};

describe("alertName", () => {
  it.each([
    ["proxy drop executable", "AlertProxyDropExecutable", "alert-proxy-drop-executable"],
    ["SSH bruteforce", "AlertSshBruteforce", "alert-ssh-bruteforce"],
    ["aws s3 public", "AlertAwsS3Public", "alert-aws-s3-public"],
    ["x509-check", "AlertX509Check", "alert-x509-check"],
    ["  proxy   drop_ip ", "AlertProxyDropIp", "alert-proxy-drop-ip"],
    ["2fa disabled", "Alert2faDisabled", "alert-2fa-disabled"],
    ["alert proxy drop", "AlertProxyDrop", "alert-proxy-drop"],
    ["alert", "AlertAlert", "alert-alert"],
    ["AlertProxyDropExecutable", "AlertProxyDropExecutable", "alert-proxy-drop-executable"],
    ["AlertSSHAccess", "AlertSSHAccess", "alert-ssh-access"],
  ])("%s: %s in %s", (text, className, fileName) => {
    expect(alertName(text)).toMatchObject({ className, fileName });
  });

  it.each(["task", "Alert Context", "AlertPack", "about"])("refuses %s, which @mozdef/alert has", (text) => {
    expect(() => alertName(text)).toThrow(
      expect.objectContaining({
        code: "CREATE_NAME_INVALID",
        message: expect.stringMatching(/cannot be called Alert\w+/),
      }),
    );
  });

  it("knows every name of @mozdef/alert that begins like one of an alert", () => {
    const source = ["index", "runtime"].map((file) =>
      readFileSync(new URL(`../../../alert/src/${file}.ts`, import.meta.url), "utf8"),
    );
    const names = new Set(source.join("\n").match(/(?<!["/\w])Alert[A-Z]\w*/g));
    expect([...names].filter((name) => accepts(name))).toEqual([]);
    expect(names.size).toBeGreaterThan(10);
  });

  it("starts the summary with a capital", () => {
    expect(alertName("proxy drop executable").title).toBe("Proxy drop executable");
  });

  it.each(["", "   ", "-_-", "a/b", "../x", "näme", "a'b", "a\nb", "`x`", "a".repeat(81)])("refuses %j", (text) => {
    expect(() => alertName(text)).toThrow(
      expect.objectContaining({ code: "CREATE_NAME_INVALID", message: expect.stringContaining("Letters from a to z") }),
    );
  });
});
