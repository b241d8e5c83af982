import type { Step } from '../rebuild.ts';
import { child, type Element, element, elements, type Node, rewrite, textOf, walk } from '../xml.ts';
import { listedShapes } from './smart-art-list.ts';

/**
 * SmartArt is a tree of texts, a way to lay it out, and the shapes that came of it (MS-ODRAWXML 2.6): the shapes alone are what is seen, and take its place as a group. Where a program left none (Office 2007 did not),
 * the texts are laid out as a list.
 */
export function flattenSmartArt(step: Step): void {
  rewrite(step.root, (one) => {
    if (!/^(?:p|xdr):graphicFrame$|^a:graphic$/.test(one.name)) return [one];
    const data = child(one.name === 'a:graphic' ? one : child(one, 'a:graphic'), 'a:graphicData');
    const ids = data && child(data, 'dgm:relIds');
    if (!data || !ids) return [one];
    // Within a frame of a slide or a sheet the graphic waits for its frame.
    if (one.name === 'a:graphic' && !step.root.name.startsWith('w:')) return [one];
    step.build.count('smart-art');
    const shapes = shapesOf(step, ids.attributes['r:dm'], child(child(one, `${one.name.split(':')[0]}:xfrm`), 'a:ext'));
    if (shapes.length === 0) return [];
    if (one.name === 'a:graphic') return [inWord(shapes)];
    return [inFrame(one, shapes, one.name.startsWith('p:') ? 'p' : 'xdr')];
  });
}

function shapesOf({ target, build, lend }: Step, dataId: string | undefined, extent: Element | undefined): Element[] {
  const data = target(dataId)?.target;
  const tree = data === undefined ? undefined : build.read(data);
  if (!tree) return [];
  let drawingId: string | undefined;
  walk(tree.root, ({ name, attributes }) => {
    if (name === 'dsp:dataModelExt') drawingId ??= attributes['relId'];
  });
  const drawing = target(drawingId)?.target;
  const drawn = drawing === undefined ? undefined : build.read(drawing);
  const shapes = elements(child(drawn?.root, 'dsp:spTree') ?? element('none'), 'dsp:sp');
  const pictures = drawing === undefined ? [] : build.source.relations(drawing).filter(({ type }) => type === 'image');
  for (const shape of shapes)
    walk(shape, ({ name, attributes }) => {
      const picture = name === 'a:blip' ? pictures.find(({ id }) => id === attributes['r:embed']) : undefined;
      if (name === 'a:blip') delete attributes['r:embed'];
      if (picture) attributes['r:embed'] = lend(picture);
    });
  return shapes.length > 0 ? shapes : listedShapes(tree.root, extent);
}

const named = (name: string, from: Element | undefined): Element[] =>
  from ? [element(name, { ...from.attributes }, from.children)] : [];

/** The group that takes the frame's place: its inner measure is that of the frame. */
function inFrame(frame: Element, shapes: readonly Element[], prefix: 'p' | 'xdr'): Element {
  const place = child(frame, `${prefix}:xfrm`);
  const [offset, extent] = [child(place, 'a:off'), child(place, 'a:ext')];
  const xfrm = element('a:xfrm', {}, [
    ...named('a:off', offset),
    ...named('a:ext', extent),
    element('a:chOff', { x: '0', y: '0' }),
    ...named('a:chExt', extent),
  ]);
  const own = (name: string, ...children: Node[]) => element(`${prefix}:${name}`, {}, children);
  const object = (id: number) => element(`${prefix}:cNvPr`, { id: String(id), name: 'Object' });
  const ending = prefix === 'p' ? [own('nvPr')] : [];
  return own(
    'grpSp',
    own('nvGrpSpPr', object(9000), own('cNvGrpSpPr'), ...ending),
    own('grpSpPr', xfrm),
    ...shapes.map((shape, index) =>
      own(
        'sp',
        own('nvSpPr', object(9001 + index), own('cNvSpPr'), ...ending),
        ...named(`${prefix}:spPr`, child(shape, 'dsp:spPr')),
        ...named(`${prefix}:style`, child(shape, 'dsp:style')),
        ...named(`${prefix}:txBody`, child(shape, 'dsp:txBody')),
      ),
    ),
  );
}

/** Word's shapes hold Word's paragraphs: the words stay, their look within the shape is plain. */
function inWord(shapes: readonly Element[]): Element {
  const extent = extentAround(shapes);
  return element('a:graphic', {}, [
    element('a:graphicData', { uri: 'http://schemas.microsoft.com/office/word/2010/wordprocessingGroup' }, [
      element('wpg:wgp', {}, [
        element('wpg:cNvGrpSpPr'),
        element('wpg:grpSpPr', {}, [
          element('a:xfrm', {}, [
            element('a:off', { x: '0', y: '0' }),
            element('a:ext', extent),
            element('a:chOff', { x: '0', y: '0' }),
            element('a:chExt', extent),
          ]),
        ]),
        ...shapes.map((shape) => wordShape(shape)),
      ]),
    ]),
  ]);
}

function wordShape(shape: Element): Element {
  const paragraphs = elements(child(shape, 'dsp:txBody') ?? element('none'), 'a:p').map((paragraph) =>
    element('w:p', {}, [
      element('w:pPr', {}, [element('w:jc', { 'w:val': 'center' })]),
      ...elements(paragraph, 'a:r').map((run) =>
        element('w:r', {}, [element('w:t', { 'xml:space': 'preserve' }, [textOf(child(run, 'a:t') ?? '')])]),
      ),
    ]),
  );
  return element('wps:wsp', {}, [
    element('wps:cNvSpPr'),
    ...named('wps:spPr', child(shape, 'dsp:spPr')),
    ...named('wps:style', child(shape, 'dsp:style')),
    ...(paragraphs.length > 0 ? [element('wps:txbx', {}, [element('w:txbxContent', {}, paragraphs)])] : []),
    element('wps:bodyPr', { anchor: 'ctr' }),
  ]);
}

/** The frame's measure: where the shapes end. */
function extentAround(shapes: readonly Element[]): Record<string, string> {
  const ends = shapes.map((shape) => {
    const xfrm = child(child(shape, 'dsp:spPr'), 'a:xfrm');
    const [offset, extent] = [child(xfrm, 'a:off')?.attributes, child(xfrm, 'a:ext')?.attributes];
    return [
      Number(offset?.['x'] ?? 0) + Number(extent?.['cx'] ?? 0),
      Number(offset?.['y'] ?? 0) + Number(extent?.['cy'] ?? 0),
    ];
  });
  const most = (index: number) => String(Math.max(1, ...ends.map((end) => end[index] ?? 0)));
  return { cx: most(0), cy: most(1) };
}
