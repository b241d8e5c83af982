import { describe, expect, it } from 'vitest';
import { findingsIn } from '../../findings.ts';
import { blindBench } from '../../pictures/testing.ts';
import { officeFormat } from '../format.ts';
import { CLASSES, compound, type Said, storedControl } from '../testing/controls.ts';
import { contentTypes, leftIn, namespacesOf, packed, picture, relations, XML } from '../testing/planted.ts';
import { streamOf } from './compound.ts';
import { controlOf } from './forms.ts';

const AX = 'http://schemas.microsoft.com/office/2006/activeX';
const all = namespacesOf('a', 'r', 'p', 'w', 'v', 'o');
type Class = keyof typeof CLASSES;
type Parts = Readonly<Record<string, string | Uint8Array>>;

/** A control's part and what it names: as a storage, as bytes, as properties. */
const asStorage = (kind: Class, said: Said): Parts =>
  binary(kind, 'persistStorage', compound('contents', storedControl(kind === 'button', said)));
const asStream = (kind: Class, said: Said): Parts =>
  binary(kind, 'persistStreamInit', Buffer.concat([Buffer.alloc(16), storedControl(kind === 'button', said)]));
const binary = (kind: Class, persistence: string, bytes: Uint8Array): Parts => ({
  'activeX/activeX1.xml': `${XML}<ax:ocx xmlns:ax="${AX}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ax:classid="${CLASSES[kind]}" ax:license="QwertzLicense" ax:persistence="${persistence}" r:id="rBytes"/>`,
  'activeX/_rels/activeX1.xml.rels': relations([
    'rBytes',
    'http://schemas.microsoft.com/office/2006/relationships/activeXControlBinary',
    'activeX1.bin',
  ]),
  'activeX/activeX1.bin': bytes,
});
const asProperties = (kind: Class, said: Readonly<Record<string, string>>): Parts => {
  const written = Object.entries(said).map(([name, value]) => `<ax:ocxPr ax:name="${name}" ax:value="${value}"/>`);
  return {
    'activeX/activeX1.xml': `${XML}<ax:ocx xmlns:ax="${AX}" ax:classid="${CLASSES[kind]}" ax:persistence="persistPropertyBag">${written.join('')}</ax:ocx>`,
  };
};

const metafile = Buffer.from('d7cdc69a000000000000', 'hex');

function slides(
  control: Parts,
  image: Uint8Array = metafile,
  extent = 'cx="900000" cy="300000"',
  hidden = '',
): Uint8Array {
  const drawn = `<p:pic><p:nvPicPr><p:cNvPr id="4" name="QwertzName" ${hidden}/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed="rImage"/></p:blipFill><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext ${extent}/></a:xfrm></p:spPr></p:pic>`;
  const tree =
    '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/></p:spTree>';
  return packed({
    '[Content_Types].xml': contentTypes({
      'ppt/presentation.xml': 'vnd.openxmlformats-officedocument.presentationml.presentation.main+xml',
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'ppt/presentation.xml']),
    'ppt/presentation.xml': `${XML}<p:presentation ${all}><p:sldIdLst><p:sldId id="256" r:id="rSlide"/></p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(['rSlide', 'slide', 'slides/slide1.xml']),
    'ppt/slides/slide1.xml': `${XML}<p:sld ${all}><p:cSld>${tree}<p:controls><p:control name="QwertzName" r:id="rControl">${drawn}</p:control></p:controls></p:cSld></p:sld>`,
    'ppt/slides/_rels/slide1.xml.rels': relations(
      ['rControl', 'control', '../../activeX/activeX1.xml'],
      ['rImage', 'image', '../media/image1.wmf'],
    ),
    'ppt/media/image1.wmf': image,
    ...control,
  });
}

function letter(
  control: Parts,
  style = 'width:100pt;height:20pt',
  image: Uint8Array = metafile,
  look = '',
): Uint8Array {
  const object = `<w:object><v:shape style="${style}"><v:imagedata r:id="rImage"/></v:shape><w:control r:id="rControl" w:name="QwertzName"/></w:object>`;
  return packed({
    '[Content_Types].xml': contentTypes({
      'word/document.xml': 'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
    }),
    '_rels/.rels': relations(['rId1', 'officeDocument', 'word/document.xml']),
    'word/document.xml': `${XML}<w:document ${all}><w:body><w:p><w:r><w:t xml:space="preserve">Box: </w:t></w:r><w:r>${look}${object}</w:r></w:p></w:body></w:document>`,
    'word/_rels/document.xml.rels': relations(
      ['rControl', 'control', '../activeX/activeX1.xml'],
      ['rImage', 'image', 'media/image1.wmf'],
    ),
    'word/media/image1.wmf': image,
    ...control,
  });
}

const prepare = (file: Uint8Array) => officeFormat.prepare(file, blindBench());
const said = async (file: Uint8Array) => (await prepare(file)).texts.map(({ text }) => text.trim()).join('\n');

describe('what a control shows', () => {
  it.each([
    ['a slide', slides],
    ['a text', letter],
  ])('stays on %s as words, and the control goes', async (_, document) => {
    for (const [control, shown] of [
      [asStorage('button', { caption: 'Send now' }), 'Send now'],
      [asStream('button', { caption: 'Łódź', isWide: true }), 'Łódź'],
      [asStorage('check', { caption: 'Smoker', value: '1' }), '☑ Smoker'],
      [asStream('text', { value: 'Often' }), 'Often'],
      [asProperties('check', { Caption: 'Diabetes', Value: '0' }), '☐ Diabetes'],
    ] as const) {
      const file = document(control);
      expect(await said(file)).toMatch(new RegExp(`^(?:Box: )?${shown}$`));
      expect(leftIn((await prepare(file)).file, ['Qwertz', 'activeX', 'controls'])).toEqual([]);
    }
  });

  it.each([
    ['a slide', slides],
    ['a text', letter],
  ])('on %s is searched, and masked', async (_, document) => {
    const made = await prepare(document(asStorage('text', { value: 'Name: Kowalczyk' })));
    const [page] = made.texts;
    const findings = findingsIn(made, {}).filter(({ kind }) => kind === 'name');
    expect(findings.map(({ start, end }) => page?.text.slice(start, end))).toContain('Kowalczyk');
    const redactions = findings.map(({ kind, start, end }) => ({ page: 1, kind, start, end }));
    const { file } = await officeFormat.redact(made.file, redactions, false, blindBench());
    expect(leftIn(made.file, ['Kowalczyk'])).toEqual(['Kowalczyk']);
    expect(leftIn(file, ['Kowalczyk'])).toEqual([]);
  });

  it('is its picture where that can be opened', async () => {
    const control = asStorage('button', { caption: 'Qwertz' });
    for (const file of [slides(control, await picture('Exif')), letter(control, '', await picture('Exif'))]) {
      const made = await prepare(file);
      expect(made.pages.filter((page) => page.picture)).toHaveLength(1);
      expect(leftIn(made.file, ['Qwertz'])).toEqual([]);
    }
  });
});

describe('nothing stays of a control', () => {
  it.each<[string, Parts]>([
    [
      'whose letters have the colour behind them',
      asStorage('button', { caption: 'Qwertz', fore: 0x112233, back: 0x112233 }),
    ],
    ['whose letters are white on white', asStream('text', { value: 'Qwertz', fore: 0xffffff })],
    ['whose letters have the colour of its kind', asStorage('button', { caption: 'Qwertz', fore: 0x8000000f })],
    ['whose letters have a colour that nobody knows', asStorage('button', { caption: 'Qwertz', fore: 0x80000001 })],
    ['whose letters are tiny', asStorage('button', { caption: 'Qwertz', height: 20 })],
    ['that hides what is typed', asStream('text', { value: 'Qwertz', password: 42 })],
    ['that hides what is typed, by its properties', asProperties('text', { Value: 'Qwertz', PasswordChar: '42' })],
    ['with properties in white', asProperties('text', { Value: 'Qwertz', ForeColor: '16777215' })],
    ['with a value that it does not show', asStorage('button', { caption: '', value: 'Qwertz' })],
    [
      'that is cut off',
      binary(
        'button',
        'persistStorage',
        compound('contents', storedControl(true, { caption: 'Qwertz' })).subarray(0, 1100),
      ),
    ],
    ['that is no control', binary('button', 'persistStorage', Buffer.from('Qwertz Qwertz Qwertz Qwertz Qwertz'))],
    ['whose part is none', { 'activeX/activeX1.xml': '<x>Qwertz</x>' }],
  ])('%s', async (_, control) => {
    for (const file of [slides(control), letter(control)])
      expect(leftIn((await prepare(file)).file, ['Qwertz'])).toEqual([]);
  });

  it('that is flat, hidden or beside the slide', async () => {
    const control = asStorage('button', { caption: 'Qwertz' });
    for (const file of [
      slides(control, metafile, 'cx="900000" cy="0"'),
      letter(control, 'width:100pt;height:0'),
      letter(control, 'width:.5pt;height:20pt'),
      letter(control, 'visibility:hidden'),
      slides(control, metafile, undefined, 'hidden="1"'),
      letter(control, undefined, metafile, '<w:rPr><w:vanish/></w:rPr>'),
    ])
      expect(leftIn((await prepare(file)).file, ['Qwertz'])).toEqual([]);
  });
});

describe('a control that is damaged anywhere', () => {
  it('is read as another one or as none', () => {
    const whole = compound('contents', storedControl(true, { caption: 'Send', fore: 1, height: 200 }));
    const read = (file: Buffer) => {
      const stream = streamOf(file, 'contents');
      for (const kind of ['button', 'label', 'morph'] as const) if (stream) controlOf(stream, kind);
    };
    expect(() => {
      for (let at = 0; at < whole.length; at++) {
        read(whole.subarray(0, at));
        for (const value of [0, 1, 0x7f, 0xff]) {
          const damaged = Buffer.from(whole);
          damaged[at] = value;
          read(damaged);
        }
      }
    }).not.toThrow();
  });
});
