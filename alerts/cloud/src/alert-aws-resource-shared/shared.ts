import { textsBelow, type Parameters } from "../call-parameters.ts";
import { EVERYBODY, strangersAmong, strangersIn } from "../policy.ts";

/** A call that shares something. */
export interface Shared {
  /** What it shares, in a word or two. */
  readonly what: string;
  readonly of: readonly string[];
  /** Who gets it: accounts that are not our own, or everybody. */
  readonly strangers: (parameters: Parameters, own: readonly string[]) => readonly string[];
}

/** EC2 adds users and groups; what it removes is not shared. */
const added =
  (part: string): Shared["strangers"] =>
  (parameters, own) => {
    const permission = parameters[part];
    return strangersAmong(textsBelow(textsOfAdd(permission), "userid", "group"), own);
  };

const textsOfAdd = (permission: unknown): unknown =>
  typeof permission === "object" && permission !== null && "add" in permission ? permission.add : undefined;

const values: Shared["strangers"] = (parameters, own) => strangersAmong(textsBelow(parameters, "valuestoadd"), own);

const policy =
  (...keys: readonly string[]): Shared["strangers"] =>
  (parameters, own) =>
    keys.flatMap((key) => strangersIn(parameters[key], own));

/** By name of the call. */
export const SHARED: Readonly<Record<string, Shared>> = {
  ModifySnapshotAttribute: {
    what: "EBS snapshot",
    of: ["snapshotid"],
    strangers: added("createvolumepermission"),
  },
  ModifyImageAttribute: { what: "AMI", of: ["imageid"], strangers: added("launchpermission") },
  ModifyDBSnapshotAttribute: { what: "RDS snapshot", of: ["dbsnapshotidentifier"], strangers: values },
  ModifyDBClusterSnapshotAttribute: {
    what: "RDS cluster snapshot",
    of: ["dbclustersnapshotidentifier"],
    strangers: values,
  },
  PutBucketPolicy: { what: "bucket", of: ["bucketname"], strangers: policy("bucketpolicy") },
  PutBucketAcl: {
    what: "bucket",
    of: ["bucketname"],
    // The groups that stand for the internet and for every user of AWS.
    strangers: (parameters) =>
      [
        ...textsBelow(parameters, "uri").filter((group) => /(?:AllUsers|AuthenticatedUsers)$/.test(group)),
        ...textsBelow(parameters, "x-amz-acl").filter((acl) => /^(?:public|authenticated)-/.test(acl)),
      ].length > 0
        ? [EVERYBODY]
        : [],
  },
  PutKeyPolicy: { what: "KMS key", of: ["keyid"], strangers: policy("policy") },
  PutResourcePolicy: { what: "secret", of: ["secretid", "resourcearn"], strangers: policy("resourcepolicy", "policy") },
  SetRepositoryPolicy: { what: "container repository", of: ["repositoryname"], strangers: policy("policytext") },
  // SQS and SNS have a call of the same name without the date.
  AddPermission20150331v2: {
    what: "Lambda function",
    of: ["functionname"],
    strangers: ({ principal }, own) => strangersAmong([String(principal)], own),
  },
  CreateFunctionUrlConfig: {
    what: "address of a Lambda function",
    of: ["functionname"],
    strangers: ({ authtype }) => (authtype === "NONE" ? [EVERYBODY] : []),
  },
  UpdateFunctionUrlConfig: {
    what: "address of a Lambda function",
    of: ["functionname"],
    strangers: ({ authtype }) => (authtype === "NONE" ? [EVERYBODY] : []),
  },
};
