import { firstWord, type Token, tokenise } from './tokens.ts';

interface Node<T> {
  readonly next: Map<string, Node<T>>;
  readonly values: T[];
}

/** Phrases of a few words, each with what it stands for; looked up word by word. */
export interface Phrases<T> {
  /** The longest phrase that begins at a token: the index after its last token, and all that it stands for. */
  longest(
    text: string,
    tokens: readonly Token[],
    at: number,
  ): { readonly next: number; readonly values: readonly T[] } | undefined;
}

// What may stand between two words of one phrase: 'Pat.-Nr.', 'né(e) le', 'Nom / Prénom', 'N° de dossier'.
const WITHIN_PHRASE = /^[^\p{Alpha}\d\n:;|]{1,4}$/u;

/** Phrases from pairs of a phrase and a value; case, accents and signs between the words do not count. */
export function phrases<T>(entries: Iterable<readonly [string, T]>): Phrases<T> {
  const byFirst = new Map<string, [string, T][]>();
  for (const entry of entries) {
    const first = firstWord(entry[0]);
    const others = byFirst.get(first);
    if (others) others.push([...entry]);
    else byFirst.set(first, [[...entry]]);
  }
  const nodes = new Map<string, Node<T>>();
  // Most phrases are never met: those of a first word are laid out when it is.
  const nodeOf = (first: string): Node<T> | undefined => {
    const known = nodes.get(first);
    const open = known ? undefined : byFirst.get(first);
    if (!open) return known;
    const node = branch(open);
    nodes.set(first, node);
    return node;
  };
  return {
    longest(text, tokens, at) {
      let node: Node<T> | undefined;
      let found: { next: number; values: readonly T[] } | undefined;
      for (let index = at; index < tokens.length; index++) {
        const token = tokens[index];
        const before = tokens[index - 1];
        if (token === undefined) break;
        if (index > at && before && !WITHIN_PHRASE.test(text.slice(before.end, Math.min(token.start, before.end + 6))))
          break;
        node = node ? node.next.get(token.folded) : nodeOf(token.folded);
        if (!node) break;
        if (node.values.length > 0) found = { next: index + 1, values: node.values };
      }
      return found;
    },
  };
}

/** What may follow the first word that some phrases share. */
function branch<T>(entries: readonly (readonly [string, T])[]): Node<T> {
  const root: Node<T> = { next: new Map(), values: [] };
  for (const [phrase, value] of entries) {
    let node = root;
    for (const { folded } of tokenise(phrase).slice(1)) {
      const following: Node<T> = node.next.get(folded) ?? { next: new Map(), values: [] };
      node.next.set(folded, following);
      node = following;
    }
    node.values.push(value);
  }
  return root;
}
