import { child, type Element, element, elements, textOf } from '../xml.ts';

/** A text of SmartArt, and how deep it stands below the others. */
interface Point {
  readonly text: Element;
  readonly depth: number;
}

/** Measures in EMU (914,400 an inch). */
const [WIDTH, HEIGHT, HIGHEST, INDENT, POINT] = [5_400_000, 3_600_000, 600_000, 300_000, 12_700];
const DEEPEST = 12;

/** The texts of a SmartArt's data (ECMA-376-1, 21.4) as shapes below each other, each in a frame, within `extent`. */
export function listedShapes(data: Element, extent: Element | undefined): Element[] {
  const points = pointsOf(data);
  const isList = elements(child(data, 'dgm:ptLst') ?? element('none'), 'dgm:pt').some(
    (point) => child(point, 'dgm:prSet')?.attributes['loCatId'] === 'list',
  );
  const width = Number(extent?.attributes['cx']) || WIDTH;
  const step = Math.floor(Math.min(HIGHEST, (Number(extent?.attributes['cy']) || HEIGHT) / Math.max(1, points.length)));
  return points.map(({ text, depth }, index) => {
    const left = Math.min(depth * INDENT, Math.floor(width / 2));
    const height = Math.max(1, Math.floor(step * 0.85));
    const place = { x: left, y: index * step, cx: width - left, cy: height };
    return shape(text, place, isList && depth > 0);
  });
}

/** The points that hold words, each behind the one it belongs to. */
function pointsOf(data: Element): Point[] {
  const all = elements(child(data, 'dgm:ptLst') ?? element('none'), 'dgm:pt');
  const links = elements(child(data, 'dgm:cxnLst') ?? element('none'), 'dgm:cxn')
    .filter(({ attributes }) => (attributes['type'] ?? 'parOf') === 'parOf')
    .toSorted((a, b) => Number(a.attributes['srcOrd'] ?? 0) - Number(b.attributes['srcOrd'] ?? 0));
  const below = Map.groupBy(links, ({ attributes }) => attributes['srcId'] ?? '');
  const byId = new Map(all.map((one) => [one.attributes['modelId'] ?? '', one]));
  const points: Point[] = [];
  const seen = new Set<Element>();
  const visit = (one: Element, depth: number): void => {
    if (seen.has(one) || depth > DEEPEST) return;
    seen.add(one);
    const text = child(one, 'dgm:t');
    if (text && isShown(one) && textOf(text).trim() !== '') points.push({ text, depth: Math.max(0, depth - 1) });
    for (const { attributes } of below.get(one.attributes['modelId'] ?? '') ?? []) {
      const next = byId.get(attributes['destId'] ?? '');
      if (next) visit(next, depth + 1);
    }
  };
  for (const one of all) if (one.attributes['type'] === 'doc') visit(one, 0);
  for (const one of all) visit(one, 1);
  return points;
}

/** Points of the presentation and of the lines between others repeat, or show, nothing of their own. */
const isShown = ({ attributes }: Element) => /^(?:node|asst)$/.test(attributes['type'] ?? 'node');

/** Layouts of lists put a bullet before what stands below something else. */
const BULLET = () => element('a:pPr', { marL: '171450', indent: '-171450' }, [element('a:buChar', { char: '•' })]);

function shape(text: Element, place: Readonly<Record<'x' | 'y' | 'cx' | 'cy', number>>, hasBullet: boolean): Element {
  const size = String(Math.min(18, Math.max(6, Math.floor((place.cy / POINT) * 0.4))) * 100);
  const paragraphs = elements(text, 'a:p').map((paragraph) =>
    element('a:p', {}, [
      ...(hasBullet ? [BULLET()] : []),
      ...elements(paragraph, 'a:r').map((run) =>
        element('a:r', {}, [element('a:rPr', { sz: size }), element('a:t', {}, [textOf(child(run, 'a:t') ?? '')])]),
      ),
    ]),
  );
  return element('dsp:sp', {}, [
    element('dsp:spPr', {}, [
      element('a:xfrm', {}, [
        element('a:off', { x: String(place.x), y: String(place.y) }),
        element('a:ext', { cx: String(place.cx), cy: String(place.cy) }),
      ]),
      element('a:prstGeom', { prst: 'rect' }, [element('a:avLst')]),
      element('a:noFill'),
      element('a:ln', {}, [element('a:solidFill', {}, [element('a:schemeClr', { val: 'tx1' })])]),
    ]),
    element('dsp:txBody', {}, [element('a:bodyPr', { anchor: 'ctr' }), ...paragraphs]),
  ]);
}
