import { Refusal } from '../../refusal.ts';
import type { Package } from '../opc.ts';
import type { Recipe, Step } from '../rebuild.ts';
import { ooxml } from '../schema/namespaces.ts';
import { child, type Element, elements, type Node, parseXml, rewrite, walk } from '../xml.ts';
import { showControls } from './controls.ts';
import { placeOf } from './places.ts';
import { slideRules } from './rules.ts';
import { dropWhite } from './white.ts';

/** How a PowerPoint presentation is rebuilt. Takes the package and the name of its main part. */
export function presentationRecipe(source: Package, main: string): Recipe {
  const readPart = (name: string | undefined): Element | undefined => {
    const bytes = name === undefined ? undefined : source.part(name);
    return bytes && parseXml(bytes, ooxml, { count: 0 }).root;
  };
  const size = child(readPart(main), 'p:sldSz')?.attributes;
  const width = Number(size?.['cx'] ?? 9_144_000);
  const height = Number(size?.['cy'] ?? 6_858_000);
  /** Layouts that a slide has: a master names all of its own. */
  const layouts = usedLayouts(source, main, readPart);

  const drawn = (step: Step): void => {
    const tree = child(child(step.root, 'p:cSld'), 'p:spTree');
    embeddedAsPictures(step);
    showControls(step);
    if (!tree) return;
    dropBeside(tree, step, width, height);
    dropWhite(tree, step);
  };

  return {
    rules: () => slideRules,
    kinds: new Set(['slide', 'slideLayout', 'slideMaster', 'theme', 'tableStyles', 'chart', 'chartUserShapes']),
    implied: {
      presentation: ['theme', 'tableStyles'],
      slide: ['slideLayout'],
      slideLayout: ['slideMaster'],
      slideMaster: ['theme'],
    },
    steps: {
      presentation: ({ root, build, target }) => {
        const list = child(root, 'p:sldIdLst');
        if (!list) return;
        const slides = elements(list, 'p:sldId');
        list.children = slides.filter(({ attributes }) => {
          const slide = target(attributes['r:id']);
          const shown = slide?.type === 'slide' ? build.read(slide.target ?? '')?.root : undefined;
          return shown !== undefined && !['0', 'false'].includes(shown.attributes['show'] ?? '1');
        });
        build.count('hidden-sheet', slides.length - list.children.length);
        if (list.children.length === 0) throw new Refusal('corrupt');
      },
      slide: drawn,
      slideLayout: (step) => {
        prompts(step);
        drawn(step);
      },
      slideMaster: (step) => {
        prompts(step);
        drawn(step);
        const list = child(step.root, 'p:sldLayoutIdLst');
        if (list)
          list.children = elements(list).filter(({ attributes }) =>
            layouts.has(keyOf(step.target(attributes['r:id'])?.target)),
          );
      },
    },
  };
}

const keyOf = (name: string | undefined) => name?.toLowerCase() ?? '';

function usedLayouts(
  source: Package,
  main: string,
  read: (name: string | undefined) => Element | undefined,
): ReadonlySet<string> {
  const used = new Set<string>();
  for (const { type, target } of source.relations(main)) {
    if (type !== 'slide' || target === undefined) continue;
    if (['0', 'false'].includes(read(target)?.attributes['show'] ?? '1')) continue;
    for (const one of source.relations(target)) if (one.type === 'slideLayout') used.add(keyOf(one.target));
  }
  return used;
}

/** Placeholders of layouts and masters show their words to nobody but who edits: they keep their look alone. */
function prompts({ root, build }: Step): void {
  walk(root, (one) => {
    if (one.name !== 'p:sp' || !child(child(child(one, 'p:nvSpPr'), 'p:nvPr'), 'p:ph')) return;
    const body = child(one, 'p:txBody');
    const paragraphs = body ? elements(body, 'a:p') : [];
    for (const paragraph of paragraphs) {
      const isNumber = (node: Node) =>
        typeof node !== 'string' && node.name === 'a:fld' && node.attributes['type'] === 'slidenum';
      const kept = paragraph.children.filter(
        (node) => typeof node !== 'string' && (/^a:(?:pPr|endParaRPr)$/.test(node.name) || isNumber(node)),
      );
      if (kept.length < paragraph.children.length) build.count('prompt');
      paragraph.children = kept;
    }
  });
}

const FRAMED = new Set(['c:chart', 'a:tbl', 'dgm:relIds']);

/** An embedded object is seen as its picture. */
function embeddedAsPictures({ root, build }: Step): void {
  rewrite(root, (one) => {
    if (one.name !== 'p:graphicFrame') return [one];
    const data = child(child(one, 'a:graphic'), 'a:graphicData');
    const object = data && child(data, 'p:oleObj');
    if (!object) {
      // A frame of what is not known shows nothing, and would hide that nothing stands behind white letters.
      if (data && elements(data).some(({ name }) => FRAMED.has(name))) return [one];
      build.count('embedded');
      return [];
    }
    build.count('embedded');
    const picture = child(object, 'p:pic');
    return picture ? [picture] : [];
  });
}

/** Objects that stand wholly beside the slide are seen by nobody who looks at it. */
function dropBeside(tree: Element, { build }: Step, width: number, height: number): void {
  tree.children = tree.children.filter((node) => {
    if (typeof node === 'string') return true;
    const place = placeOf(node);
    if (!place) return true;
    const isBeside = place.x >= width || place.y >= height || place.x + place.width <= 0 || place.y + place.height <= 0;
    if (isBeside) build.count('hidden-object');
    return !isBeside;
  });
}
