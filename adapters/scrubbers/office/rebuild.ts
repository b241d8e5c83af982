import { posix } from 'node:path';
import { Refusal } from '../refusal.ts';
import { alternates, offerFormulas } from './alternates.ts';
import { prepareDrawing } from './drawing/drawing.ts';
import { type Kind, kindOf, relationAddress } from './kinds.ts';
import type { Package, Relation } from './opc.ts';
import type { Crop } from './pictures.ts';
import type { PictureUse } from './rebuilt.ts';
import { ooxml } from './schema/namespaces.ts';
import { ooxmlSchema } from './schema/ooxml.ts';
import { clean, type Rules } from './schema/schema.ts';
import { type Element, type Parsed, parseXml } from './xml.ts';

/** A part of the output: its tree, and the relations that its elements still name. */
export interface Part {
  readonly kind: Kind;
  readonly path: string;
  readonly tree: Parsed;
  readonly relations: { readonly id: string; readonly type: string; readonly target: string }[];
}

/** What a format's own step sees of the part that it changes. */
export interface Step {
  readonly root: Element;
  readonly name: string;
  readonly build: Build;
  /** The document is a workbook: charts take their values from its cells. */
  readonly inWorkbook: boolean;
  /** The part that a relation of this part names, where it is in the package. */
  readonly target: (id: string | undefined) => Relation | undefined;
  /** Takes over a relation of another part, whose content comes into this one; gives its id here. */
  readonly lend: (relation: Relation) => string;
  /** Sets what of a picture's element is shown: the rest is cut away. */
  readonly crop: (picture: Element, crop: Crop) => void;
}

export interface Recipe {
  readonly rules: () => Rules;
  /** By the kind of a part; what is not named needs no step of its own. */
  readonly steps: Readonly<Record<string, (step: Step) => void>>;
  /** Kinds whose name is not that of their relation. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Relations that a part has without naming them in its text. */
  readonly implied: Readonly<Record<string, readonly string[]>>;
  /** Kinds of parts that a format may hold. */
  readonly kinds: ReadonlySet<string>;
}

export interface Build {
  readonly source: Package;
  readonly parts: readonly Part[];
  readonly pictures: readonly PictureUse[];
  readonly count: (kind: string, times?: number) => void;
  readonly removed: ReadonlyMap<string, number>;
  /** Reads a part of the source without making it one of the output. */
  readonly read: (name: string) => Parsed | undefined;
  /** Makes a part of the source one of the output, once. Refuses with 'corrupt' where it is not there. */
  readonly add: (kind: string, name: string) => Part;
}

const MOST_PARTS = 3000;

/**
 * Begins an output that holds nothing but the parts that are added, and those that they show: each is read, changed by its step, cleaned to the lists, and given a new name and new relations.
 */
export function startBuild(source: Package, recipe: Recipe): Build {
  const parts: Part[] = [];
  const pictures: PictureUse[] = [];
  const made = new Map<string, Part>();
  const pictured = new Map<string, string>();
  const numbers = new Map<string, number>();
  const removed = new Map<string, number>();
  const count = (kind: string, times = 1) => {
    if (times > 0) removed.set(kind, (removed.get(kind) ?? 0) + times);
  };
  const numbered = (stem: string) => {
    numbers.set(stem, (numbers.get(stem) ?? 0) + 1);
    return numbers.get(stem) as number;
  };
  const read = (name: string): Parsed | undefined => {
    const bytes = source.part(name);
    if (!bytes) return undefined;
    const dropped = { count: 0 };
    const tree = parseXml(bytes, ooxml, dropped);
    if (dropped.count > 0) count('unknown', dropped.count);
    alternates(tree.root);
    return tree;
  };

  const picture = (name: string, crop: Crop | undefined): string | undefined => {
    const bytes = source.part(name);
    if (!bytes) return undefined;
    const use = `${posix.normalize(name).toLowerCase()} ${crop ? JSON.stringify(crop) : ''}`;
    const path = pictured.get(use) ?? `media/image${numbered('media')}`;
    if (!pictured.has(use)) pictures.push({ path, source: bytes, crop });
    pictured.set(use, path);
    return path;
  };

  const add = (kindName: string, name: string): Part => {
    const kind = kindOf(kindName);
    const use = `${kindName} ${posix.normalize(name).toLowerCase()}`;
    const before = made.get(use);
    if (before) return before;
    if (made.size >= MOST_PARTS) throw new Refusal('too-many-entries', { limit: MOST_PARTS });
    const tree = read(name);
    if (!tree || tree.root.name !== kind.root) throw new Refusal('corrupt');
    const part: Part = { kind, path: kind.path(numbered(kindName)), tree, relations: [] };
    made.set(use, part);
    parts.push(part);
    const given = [...source.relations(name)];
    const target = (id: string | undefined) => given.find((one) => one.id === id && one.target !== undefined);
    const crops = new Map<Element, Crop>();
    const step: Step = {
      root: tree.root,
      name,
      build,
      inWorkbook: recipe.kinds.has('worksheet'),
      target,
      lend: (one) => {
        const id = `lent${given.length}`;
        given.push({ ...one, id });
        return id;
      },
      crop: (one, crop) => crops.set(one, crop),
    };
    recipe.steps[kindName]?.(step);
    prepareDrawing(step);
    const relate = (type: string, path: string): string => {
      const same = part.relations.find(
        (one) => one.target === path && one.type === relationAddress(type, tree.variant),
      );
      if (same) return same.id;
      const id = `rId${part.relations.length + 1}`;
      part.relations.push({ id, type: relationAddress(type, tree.variant), target: path });
      return id;
    };
    const follow = ({ type, target: to }: Relation, crop?: Crop): string | undefined => {
      const path =
        to === undefined
          ? undefined
          : type === 'image'
            ? picture(to, crop)
            : recipe.kinds.has(type) && source.part(to)
              ? add(recipe.aliases?.[type] ?? type, to).path
              : undefined;
      if (path === undefined) count(to === undefined ? 'link' : 'embedded');
      return path === undefined ? undefined : relate(type, path);
    };
    const relation = (element: Element, attribute: string, id: string): string | undefined => {
      const found = attribute.startsWith('r:') ? given.find((one) => one.id === id) : undefined;
      // Linked pictures stand outside, whatever they say.
      return found && attribute !== 'r:link' ? follow(found, crops.get(element)) : undefined;
    };
    if (!clean(tree.root, { schema: ooxmlSchema, rules: recipe.rules(), relation, count }))
      throw new Refusal('corrupt');
    offerFormulas(tree.root);
    for (const type of recipe.implied[kindName] ?? []) for (const one of given) if (one.type === type) follow(one);
    return part;
  };

  const build: Build = { source, parts, pictures, count, removed, read, add };
  return build;
}
