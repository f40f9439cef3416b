import { messageOf } from "@mozdef/alert";

/** Why a service gave no terms, without what its address may hold in front of the host, in its path or in its query: credentials. */
export const noTerms = (address: string, cause: unknown): string => {
  const { href, origin, username, password, pathname, search, searchParams } = new URL(address);
  const secrets = [
    address,
    href,
    `${pathname}${search}`,
    pathname,
    search,
    ...searchParams.values(),
    password,
    username,
  ];
  const shown = secrets
    .filter((secret) => secret.length > 1)
    .reduce((message, secret) => message.replaceAll(secret, "***"), messageOf(cause));
  return `no terms from ${origin}: ${shown}`;
};
