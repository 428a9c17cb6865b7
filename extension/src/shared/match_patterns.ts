/**
 * WebExtension match patterns. Twin: backend/rollguard/rules/match_patterns.py.
 * Grammar: MDN, "Match patterns in extension manifests".
 */

const PATTERN = /^(\*|https?):\/\/(\*|(?:\*\.)?[a-z0-9.-]+)(\/.*)$/;

/** Whether the URL fits one of the patterns. What is no pattern fits nothing. */
export function fitsAny(patterns: string[], url: string): boolean {
  return patterns.some((pattern) => fits(pattern, url));
}

function fits(pattern: string, url: string): boolean {
  const match = PATTERN.exec(pattern);
  if (match === null) return false;
  const [, scheme = "", host = "", path = ""] = match;
  const { protocol, hostname, pathname, search } = new URL(url);
  const schemes = scheme === "*" ? ["http:", "https:"] : [`${scheme}:`];
  return schemes.includes(protocol) && hostFits(host, hostname) && pathFits(path, pathname + search);
}

function hostFits(pattern: string, host: string): boolean {
  if (pattern === "*") return true;
  if (pattern.startsWith("*.")) return host === pattern.slice(2) || host.endsWith(pattern.slice(1));
  return host === pattern;
}

/** Whether the path fits; `*` stands for anything. Linear: each piece is looked for once, from left to right. */
export function pathFits(pattern: string, path: string): boolean {
  const pieces = pattern.split("*");
  const first = pieces.shift() ?? "";
  if (!path.startsWith(first)) return false;
  const last = pieces.pop();
  if (last === undefined) return path === first;
  let at = first.length;
  for (const piece of pieces) {
    const found = path.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return path.length - last.length >= at && path.endsWith(last);
}
