import { contract } from "@mozdef/alert-api";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { checkListen } from "../src/listen/check-listen.ts";
import { loadConfig } from "../src/config/load-config.ts";

const APP = path.resolve(import.meta.dirname, "..");
const textOf = (file: string): string => readFileSync(path.join(APP, file), "utf8");

/** The longest time in which the service ends by itself, in seconds. */
const ENDS_S = 10;

/** Loads a configuration from within the package, so that it finds the service. */
const configOf = (text: string, env: Readonly<Record<string, string>> = {}) => {
  const folder = path.join(APP, ".cache/deployment");
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${String(process.pid)}-${text.length}.config.mjs`);
  writeFileSync(file, text);
  onTestFinished(() => rmSync(file));
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  return loadConfig({ file, cwd: folder, env: {} });
};

/** As the image starts it. */
const withHost = ({ listen, ...config }: Awaited<ReturnType<typeof configOf>>["config"]) => ({
  ...config,
  listen: { ...listen, host: /^ENV HOST=(\S+)/m.exec(textOf("Dockerfile"))?.[1] ?? "" },
});

const named = z.object({ name: z.string() }).loose();
const probe = z.object({ httpGet: z.object({ path: z.string(), port: z.string() }).loose() }).loose();

const deployment = z.object({
  spec: z.object({
    replicas: z.number(),
    template: z.object({
      metadata: z.object({ labels: z.record(z.string(), z.string()) }),
      spec: z.object({
        terminationGracePeriodSeconds: z.number(),
        securityContext: z.object({ runAsNonRoot: z.literal(true) }),
        containers: z.tuple([
          z.object({
            env: z.array(named.extend({ value: z.string().optional() })),
            ports: z.array(z.object({ name: z.string(), containerPort: z.number() })),
            ...{ livenessProbe: probe, readinessProbe: probe, startupProbe: probe },
            resources: z.object({ limits: z.object({ memory: z.string().regex(/^\d+Gi$/) }) }),
            securityContext: z.object({ readOnlyRootFilesystem: z.literal(true) }),
            volumeMounts: z.array(named.extend({ mountPath: z.string(), subPath: z.string().optional() })),
          }),
        ]),
      }),
    }),
  }),
});

describe("kubernetes.yaml", () => {
  const all = parseAllDocuments(textOf("kubernetes.yaml")).map((document) => {
    expect(document.errors).toEqual([]);
    return z.object({ kind: z.string(), metadata: named }).loose().parse(document.toJS());
  });
  const one = (kind: string) => {
    const [found, ...others] = all.filter((resource) => resource.kind === kind);
    expect([kind, found === undefined, others]).toEqual([kind, false, []]);
    return found;
  };
  const { spec } = deployment.parse(one("Deployment"));
  const [container] = spec.template.spec.containers;

  it("asks routes that there are, at the port that the service listens on, by a name that it answers to", () => {
    const { livenessProbe, startupProbe, readinessProbe } = container;
    expect([livenessProbe, startupProbe, readinessProbe].map(({ httpGet }) => httpGet)).toEqual(
      [contract.live.path, contract.live.path, contract.ready.path].map((route) => ({
        ...{ path: route, port: "http", scheme: "HTTPS", httpHeaders: [{ name: "Host", value: "localhost" }] },
      })),
    );
    expect(container.ports).toEqual([{ name: "http", containerPort: 8_080 }]);
    expect(container.env).toEqual(expect.arrayContaining([{ name: "PORT", value: "8080" }]));
  });

  it("has a configuration that the service takes, with the secrets that it names, where the service looks for it", async () => {
    const { data } = z.object({ data: z.record(z.string(), z.string()) }).parse(one("ConfigMap"));
    const [[file, text] = ["", ""], ...others] = Object.entries(data);
    expect(others).toEqual([]);
    const mounted = container.volumeMounts.find(({ subPath }) => subPath === file);
    expect(mounted?.mountPath).toBe(`${/^WORKDIR (.+)$/m.exec(textOf("Dockerfile"))?.[1] ?? ""}/${file}`);
    const secrets = Array.from(text.matchAll(/: env\("(\w+)"\) }/g), ([, name = ""]) => name).filter((name) =>
      container.env.some((entry) => entry.name === name && entry.value === undefined),
    );
    expect(secrets).toEqual(["MOZDEF_API_KEY"]);
    const { config } = await configOf(text, Object.fromEntries(secrets.map((name) => [name, "secret"])));
    expect(config.store).toMatchObject({ auth: { apiKey: "secret" } });
    expect(() => checkListen(withHost(config))).not.toThrow();
    const { cert = "", key = "" } = config.listen.tls ?? {};
    const tls = container.volumeMounts.find(({ name }) => name === "tls");
    expect([path.posix.dirname(cert), path.posix.dirname(key)]).toEqual([tls?.mountPath, tls?.mountPath]);
    // Said by the file: what is the default here is another number on a larger machine.
    expect(text).toMatch(/isolation: \{ processes: \d/);
    const { processes, memoryBytes } = config.isolation;
    const limit = Number.parseInt(container.resources.limits.memory, 10) * 1_024 ** 3;
    // The service itself needs a GiB at least.
    expect(processes * memoryBytes + 1_024 ** 3).toBeLessThan(limit);
  });

  it("lets nobody in from outside the cluster, and of the cluster only whom it names", () => {
    expect(all.map(({ kind }) => kind).filter((kind) => /Ingress|Gateway|Route|^Secret$/.test(kind))).toEqual([]);
    expect(one("Service")).toMatchObject({ spec: { type: "ClusterIP" } });
    const labels = { matchLabels: spec.template.metadata.labels };
    expect(one("NetworkPolicy")).toMatchObject({
      spec: {
        ...{ podSelector: labels, policyTypes: ["Ingress", "Egress"] },
        ingress: [{ from: [{ podSelector: { matchLabels: {} } }], ports: [{ port: "http" }] }],
      },
    });
    expect(one("PodDisruptionBudget")).toMatchObject({ spec: { maxUnavailable: 1, selector: labels } });
    expect(spec.replicas).toBeGreaterThan(1);
  });

  it("gives the service the time that it takes to end", () => {
    expect(spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(ENDS_S);
  });
});

describe("compose.yaml", () => {
  const compose = z
    .object({
      services: z.object({
        "alert-runner": z.object({ ports: z.array(z.string()), stop_grace_period: z.string() }),
        elasticsearch: z.object({ image: z.string() }).loose(),
      }),
      configs: z.object({ mozdef: z.object({ content: z.string() }) }),
    })
    .parse(parse(textOf("compose.yaml")));

  it("is reached from its own machine only, also by web pages", async () => {
    const { ports, stop_grace_period: grace } = compose.services["alert-runner"];
    expect(ports).toEqual(["127.0.0.1:8080:8080"]);
    expect(Number.parseInt(grace, 10)).toBeGreaterThan(ENDS_S);
    expect(compose.services.elasticsearch).not.toHaveProperty("ports");
    const { config } = await configOf(compose.configs.mozdef.content);
    expect(config.store).toEqual({ node: "http://elasticsearch:9200" });
    expect(() => checkListen(withHost(config))).not.toThrow();
    const { publishedOn, ...elsewhere } = config.listen;
    expect(publishedOn).toBe("loopback");
    expect(() => checkListen(withHost({ ...config, listen: elsewhere }))).toThrow(/lacks a log-in/);
  });
});

describe("what starts the service", () => {
  const { bin } = z
    .object({ bin: z.object({ "mozdef-alert-runner": z.string() }) })
    .parse(JSON.parse(textOf("package.json")));
  const program = path.posix.join("node_modules/@mozdef/alert-runner", bin["mozdef-alert-runner"]);

  it.each(["Dockerfile", "mozdef-alert-runner.service"])(
    "%s starts the program of the package, as another user than root",
    (file) => {
      const text = textOf(file);
      expect(text).toContain(program);
      expect(/^(?:USER 1000:1000|User=mozdef)$/m.test(text)).toBe(true);
    },
  );

  it("waits until it has ended", () => {
    const [, seconds] = /^TimeoutStopSec=(\d+)$/m.exec(textOf("mozdef-alert-runner.service")) ?? [];
    expect(Number(seconds)).toBeGreaterThan(ENDS_S);
  });
});
