import { byteWriter } from './bytes.ts';
import { lexer, type Token, writeName } from './lexer.ts';

const SECTIONS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    codespacerange: 2,
    bfchar: 2,
    bfrange: 3,
    cidchar: 2,
    cidrange: 3,
    notdefchar: 2,
    notdefrange: 3,
  }),
);

/**
 * Takes a decoded CMap and gives a new one that holds its mappings and nothing else (PDF 32000-1, 9.7.5.4 and 9.10.3): comments, names, copyright
 * notices and any other PostScript go. `registry` names the character collection of an embedded encoding CMap; a ToUnicode CMap is given 'Adobe', 'UCS'.
 */
export function cleanCMap(data: Uint8Array, registry: string, ordering: string): Uint8Array {
  const out = byteWriter(data.length);
  out.text('/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n');
  out.text(`/CIDSystemInfo << /Registry (${registry}) /Ordering (${ordering}) /Supplement 0 >> def\n`);
  out.text(`/CMapName /C def\n/CMapType ${ordering === 'UCS' ? 2 : 1} def\n`);
  const tokens = lexer(data);
  let section: string | undefined;
  let entries: Token[] = [];
  const before: Token[] = [];
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind === 'word' && token.word.startsWith('begin') && SECTIONS.has(token.word.slice(5))) {
      section = token.word.slice(5);
      entries = [];
    } else if (section && token.kind === 'word' && token.word === `end${section}`) {
      writeSection(out, section, entries);
      section = undefined;
    } else if (section) entries.push(token);
    else if (token.kind === 'word') {
      const [name, value] = before.slice(-2);
      const last = before.at(-1);
      if (token.word === 'def' && name?.kind === 'name' && name.name === 'WMode' && value?.kind === 'number')
        out.text(`/WMode ${value.text === '1' ? 1 : 0} def\n`);
      if (token.word === 'usecmap' && last?.kind === 'name') out.text(`${writeName(last.name)} usecmap\n`);
      before.length = 0;
    } else before.push(token);
  }
  out.text('endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n');
  return out.done();
}

function writeSection(out: ReturnType<typeof byteWriter>, section: string, entries: readonly Token[]): void {
  const width = SECTIONS.get(section) ?? 1;
  const lines: string[] = [];
  for (let at = 0; at + width <= entries.length; at += width) {
    const parts = entries.slice(at, at + width).map(operand);
    if (parts.every((part) => part !== undefined)) lines.push(parts.join(' '));
  }
  // A section may hold at most 100 entries.
  for (let at = 0; at < lines.length; at += 100) {
    const part = lines.slice(at, at + 100);
    out.text(`${part.length} begin${section}\n${part.join('\n')}\nend${section}\n`);
  }
}

function operand(token: Token): string | undefined {
  if (token.kind === 'string') return `<${Buffer.from(token.bytes).toString('hex')}>`;
  if (token.kind === 'number') return token.text;
  if (token.kind === 'name') return writeName(token.name);
  if (token.kind !== 'array') return undefined;
  const items = token.items.map(operand);
  return items.every((item) => item !== undefined) ? `[${items.join(' ')}]` : undefined;
}

/** Takes a decoded PostScript calculator function (7.10.5) and gives it without comments; words that are no operator of it are dropped. */
export function cleanCalculator(data: Uint8Array): Uint8Array {
  const tokens = lexer(data);
  const words: string[] = [];
  for (let token = tokens.next(); token; token = tokens.next()) {
    if (token.kind === 'number') words.push(token.text);
    else if (token.kind === 'word' && CALCULATOR.has(token.word)) words.push(token.word);
  }
  return Buffer.from(words.join(' '), 'latin1');
}

const CALCULATOR = new Set(
  `{ } abs add atan ceiling cos cvi cvr div exp floor idiv ln log mod mul neg round sin sqrt sub truncate and bitshift eq false ge gt le
  lt ne not or true xor if ifelse copy dup exch index pop roll`.split(/\s+/),
);
