/** One method's result in an Authentication-Results field: 'dkim=pass header.d=hospital.example'. */
interface Result {
  readonly method: string;
  readonly result: string;
  /** By 'ptype.property', in lower case; values as written. */
  readonly properties: Readonly<Record<string, string>>;
}

/**
 * Whether the receiving server vouches for the sender's domain, by its Authentication-Results (RFC 8601). `fields` are the field
 * bodies in their order in the mail; only the topmost one of our own server counts, since what stands below may have come with
 * the mail. `server` is its authserv-id; 'none' for a server that writes no id (Exchange Online; it renames what came with the mail).
 * DMARC decides where it has decided; else SPF or DKIM must have passed for the sender's domain or one above it (RFC 7489 3.1, relaxed).
 */
export function vouchedFor(from: string, fields: readonly string[], server: string): boolean {
  const domain = from.slice(from.lastIndexOf('@') + 1).toLowerCase();
  if (domain === '' || server === '') return false;
  const field = ownField(fields, server === 'none' ? '' : server.toLowerCase());
  if (!field) return false;
  const dmarc = field.results.filter(({ method }) => method === 'dmarc');
  if (dmarc.some(({ result }) => result === 'fail')) return false;
  return field.results.some(({ method, result, properties }) => {
    if (result !== 'pass') return false;
    if (method === 'dmarc') return domainOf(properties['header.from']) === domain;
    if (method === 'spf') return aligned(domainOf(properties['smtp.mailfrom']), domain);
    if (method === 'dkim') return aligned(domainOf(properties['header.d'] ?? properties['header.i']), domain);
    return false;
  });
}

/** Longer than any server writes it. */
const longest = 16_000;

/** The topmost field of our own server; undefined where none is, or where one above it is too long to be read. */
function ownField(fields: readonly string[], server: string): ReturnType<typeof parsed> | undefined {
  for (const text of fields) {
    if (text.length > longest) return undefined;
    const field = parsed(text);
    if (field.server === server) return field;
  }
  return undefined;
}

const domainOf = (value = '') => value.slice(value.lastIndexOf('@') + 1).toLowerCase();

/** The same domain, or the sender's stands below it. A single label ('example') stands above half the world. */
function aligned(proven: string, domain: string): boolean {
  return proven.includes('.') && (domain === proven || domain.endsWith(`.${proven}`));
}

/** The field's parts; comments are left out, quoted values are unquoted. What is malformed gives no result. */
function parsed(field: string): { readonly server: string; readonly results: readonly Result[] } {
  const parts = splitOutside(withoutComments(field.replaceAll(/\r?\n/g, ' ')));
  const first = parts[0]?.trim() ?? '';
  // An authserv-id may be followed by a version; what holds '=' is a result already.
  const named = !/^[\w-]+(?:\/\d+)?\s*=/.test(first);
  const server = named ? (first.split(/\s+/)[0] ?? '').replaceAll('"', '').toLowerCase() : '';
  return { server, results: parts.slice(named ? 1 : 0).flatMap(resultOf) };
}

function resultOf(part: string): Result[] {
  const [, method = '', result = '', rest = ''] =
    /^\s*([\w-]+)(?:\s*\/\s*\d+)?\s*=\s*([\w-]+)((?:\s[\s\S]*)?)$/.exec(part) ?? [];
  if (method === '') return [];
  const properties: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [, name = '', quoted, plain] of rest.matchAll(
    /(?<![\w.-])([\w-]+\.[\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/g,
  ))
    properties[name.toLowerCase()] ??= quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '';
  return [{ method: method.toLowerCase(), result: result.toLowerCase(), properties }];
}

/** Comments nest (RFC 5322 3.2.2); a bracket in a quoted string opens none. */
function withoutComments(text: string): string {
  let depth = 0;
  let quoted = false;
  let kept = '';
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '\\') {
      if (depth === 0) kept += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (depth === 0 && sign === '"') quoted = !quoted;
    if (!quoted && sign === '(') depth += 1;
    if (depth === 0) kept += sign;
    if (!quoted && sign === ')' && depth > 0) {
      depth -= 1;
      kept += ' ';
    }
  }
  return kept;
}

/** At semicolons that stand in no quoted string. */
function splitOutside(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|[^;"]|")+/g) ?? [];
}
