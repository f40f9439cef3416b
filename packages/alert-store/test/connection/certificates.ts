import "reflect-metadata";
import {
  BasicConstraintsExtension,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { createHash } from "node:crypto";

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const ONE_HOUR_MS = 3_600_000;

/** A certificate with its key. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
}

/** One that signs the certificates of others. */
export interface Authority extends Identity {
  /** For a server on loopback, or a client. */
  readonly issue: (name: string) => Promise<Identity>;
}

const newKeys = () => crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);

const identityOf = async (certificate: X509Certificate, keys: CryptoKeyPair): Promise<Identity> => {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    cert: `${certificate.toString("pem")}\n`,
    key: `-----BEGIN PRIVATE KEY-----\n${der}\n-----END PRIVATE KEY-----\n`,
    fingerprint: createHash("sha256").update(Buffer.from(certificate.rawData)).digest("hex"),
  };
};

/** Tests run for minutes; TLS looks at the clock of the machine, whatever a test thinks of the time. */
const validity = () => {
  const now = Date.now();
  return { notBefore: new Date(now - ONE_HOUR_MS), notAfter: new Date(now + ONE_HOUR_MS) };
};

let serial = 1;
const nextSerial = (): string => (serial++).toString(16).padStart(2, "0");

/** An authority made now, which nobody else knows. */
export const createAuthority = async (name: string): Promise<Authority> => {
  const keys = await newKeys();
  const authority = await X509CertificateGenerator.createSelfSigned({
    serialNumber: nextSerial(),
    name: `CN=${name}`,
    keys,
    ...validity(),
    extensions: [new BasicConstraintsExtension(true, 1, true)],
  });
  const issue = async (subject: string): Promise<Identity> => {
    const own = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: nextSerial(),
      subject: `CN=${subject}`,
      issuer: authority.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      ...validity(),
      extensions: [
        new SubjectAlternativeNameExtension([
          { type: "ip", value: "127.0.0.1" },
          { type: "dns", value: "store.localhost" },
        ]),
      ],
    });
    return identityOf(certificate, own);
  };
  return { ...(await identityOf(authority, keys)), issue };
};
