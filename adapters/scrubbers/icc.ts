const ICC_TAGS = new Set(
  'rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad A2B0 A2B1 A2B2 B2A0 B2A1 B2A2 gamt lumi D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3'.split(
    ' ',
  ),
);

/**
 * Takes an ICC profile and gives it with the tags that turn colours only (ICC.1, 7): names, makers, copyright, dates and private tags go, and
 * what stands behind a tag's own numbers. Gives undefined for what is no profile.
 */
export function cleanIcc(data: Uint8Array): Uint8Array | undefined {
  if (data.length < 132 || Buffer.from(data.subarray(36, 40)).toString('latin1') !== 'acsp') return undefined;
  const source = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const count = source.readUInt32BE(128);
  if (count > 200 || 132 + count * 12 > data.length) return undefined;
  const tags: { readonly name: string; readonly body: Uint8Array }[] = [];
  for (let index = 0; index < count; index++) {
    const entry = 132 + index * 12;
    const name = source.toString('latin1', entry, entry + 4);
    const from = source.readUInt32BE(entry + 4);
    const size = source.readUInt32BE(entry + 8);
    if (!ICC_TAGS.has(name) || from + size > data.length) continue;
    const body = measured(source.subarray(from, from + size));
    if (body) tags.push({ name, body });
  }
  const start = 132 + tags.length * 12;
  const header = Buffer.alloc(start);
  // Kept of the header: version, class, colour spaces, signature, intent, illuminant. Not: CMM, date, platform, maker, model, creator, id.
  source.copy(header, 8, 8, 24);
  source.copy(header, 36, 36, 40);
  source.copy(header, 64, 64, 80);
  header.writeUInt32BE(tags.length, 128);
  const bodies: Buffer[] = [];
  const placed = new Map<string, number>();
  let at = start;
  tags.forEach(({ name, body }, index) => {
    const key = Buffer.from(body).toString('latin1');
    const known = placed.get(key);
    const entry = 132 + index * 12;
    header.write(name, entry, 'latin1');
    header.writeUInt32BE(known ?? at, entry + 4);
    header.writeUInt32BE(body.length, entry + 8);
    if (known !== undefined) return;
    placed.set(key, at);
    const padded = Buffer.alloc(Math.ceil(body.length / 4) * 4);
    padded.set(body);
    bodies.push(padded);
    at += padded.length;
  });
  header.writeUInt32BE(at, 0);
  return Uint8Array.from(Buffer.concat([header, ...bodies]));
}

/** A tag's numbers by its type (ICC.1, 10), without what stands behind them; undefined for what holds anything else. */
function measured(body: Buffer): Uint8Array | undefined {
  if (body.length < 12) return undefined;
  const size = sizes[body.toString('latin1', 0, 4)]?.(body);
  return size === undefined || size > body.length ? undefined : body.subarray(0, size);
}

/** By the function that it names. */
const PARAMETERS = [1, 3, 4, 5, 7];
const word = (body: Buffer, at: number) => (at + 2 <= body.length ? body.readUInt16BE(at) : 0);
/** Inputs, outputs and the points of a side of a table of colours. */
const table = (body: Buffer) => {
  const [inputs = 0, outputs = 0, points = 0] = body.subarray(8, 11);
  return { inputs, outputs, entries: points ** inputs * outputs };
};
const whole = (body: Buffer) => body.length;
const sizes: Readonly<Record<string, (body: Buffer) => number | undefined>> = {
  'XYZ ': () => 20,
  curv: (body) => 12 + 2 * body.readUInt32BE(8),
  para: (body) => 12 + 4 * (PARAMETERS[word(body, 8)] ?? Infinity),
  sf32: () => 44,
  mft1: (body) => {
    const { inputs, outputs, entries } = table(body);
    return 48 + 256 * inputs + entries + 256 * outputs;
  },
  mft2: (body) => {
    const { inputs, outputs, entries } = table(body);
    return 52 + 2 * (word(body, 48) * inputs + entries + word(body, 50) * outputs);
  },
  'mAB ': whole,
  'mBA ': whole,
  mpet: whole,
};
