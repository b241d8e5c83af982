import { setTimeout as wait } from 'node:timers/promises';
import type { Snapshot } from './built.ts';
import type { DataSet, Element } from './dicom/data-set.ts';
import { vrOf } from './dicom/standard/dictionary.ts';
import { writeDicom } from './dicom/write.ts';
import { scrub } from './engine.ts';
import { type Formats, formats } from './formats.ts';

/** Longer than anything of a file is kept for the next one. */
const FORGOTTEN_MS = 5000;
const FILES = 3;

/** Makes ready for a kind of file, in the process that a snapshot is made of: scrubs made-up files, so that code is compiled and tables are built, and waits until nothing of them is left. */
export async function warm(kind: Snapshot): Promise<void> {
  const engine = formats();
  for (let number = 1; number <= FILES; number++) await (kind === 'dicom' ? slice(engine, number) : letter(engine));
  // Without WebAssembly, which a snapshot cannot hold, no PDF is opened: its code is loaded.
  if (kind === 'pdf') await Promise.all([import('./pdf/format.ts'), import('./pdf/pdfium.ts')]);
  await wait(FORGOTTEN_MS);
}

const asked = { maxPages: 1, readMs: 0, redact: 'all', flatten: false } as const;

async function slice(engine: Formats, number: number): Promise<void> {
  const dicom = { options: [], key: 'of nobody, and of no case' };
  await scrub(engine, { ...asked, file: madeSlice(number), dicom }, () => {});
}

async function letter(engine: Formats): Promise<void> {
  await scrub(engine, { ...asked, file: new TextEncoder().encode(LETTER) }, () => {});
}

const LETTER = `Northmoor Hospital, Department of Vascular Surgery
Patient: Jane Roewood, born 12 April 1963, hospital number H-4471129
Dear Dr. Ashgrove, Mrs Roewood was seen on 03/11/2024; the aortic root measured 41 mm. Phone +32 2 555 01 47, j.roewood@northmoor.example
Die Patientin Frau Roewood, geb. 12.04.1963, Lindenstraße 12, 10115 Berlin, wurde am 3. November untersucht.
La patiente Mme Roewood, née le 12 avril 1963, habite 3 rue de la Paix, 75002 Paris.
La paciente Jane Roewood, nacida el 12 de abril de 1963, vive en la calle Mayor 3, 28013 Madrid.
`;

const CT = '1.2.840.10008.5.1.4.1.1.2';
const SIDE = 256;

/** A slice as a scanner writes it, of nobody. */
function madeSlice(number: number): Uint8Array {
  const uid = (tail: number) => `1.2.826.0.1.3680043.9.7433.${tail}`;
  const samples = Uint16Array.from({ length: SIDE * SIDE }, (_, at) => 1000 + ((at * 7 + number) % 31));
  const dataSet: DataSet = [
    said(0x00080005, 'ISO_IR 100'),
    said(0x00080008, 'ORIGINAL\\PRIMARY\\AXIAL'),
    said(0x00080016, CT),
    said(0x00080018, uid(number)),
    said(0x00080020, '20240311'),
    said(0x00080030, '101500'),
    said(0x00080050, 'A-55117'),
    said(0x00080060, 'CT'),
    said(0x00080070, 'Made Machines'),
    said(0x00080080, 'Northmoor Hospital'),
    said(0x00080090, 'Ashgrove^Tom'),
    said(0x0008103e, 'Thorax of Jane Roewood'),
    { tag: 0x00081140, vr: 'SQ', items: [[said(0x00081150, CT), said(0x00081155, uid(1))]] },
    said(0x00100010, 'Roewood^Jane'),
    said(0x00100020, 'H-4471129'),
    said(0x00100030, '19630412'),
    said(0x00180050, '1.0'),
    said(0x00190010, 'MADE MACHINES HEADER', 'LO'),
    said(0x00191010, 'private words of Roewood', 'LO'),
    said(0x0020000d, uid(100)),
    said(0x0020000e, uid(101)),
    said(0x00200013, String(number)),
    shorts(0x00280002, 1),
    said(0x00280004, 'MONOCHROME2'),
    shorts(0x00280010, SIDE),
    shorts(0x00280011, SIDE),
    shorts(0x00280100, 16),
    shorts(0x00280101, 12),
    shorts(0x00280102, 11),
    shorts(0x00280103, 0),
    said(0x00281050, '40'),
    said(0x00281051, '400'),
    { tag: 0x7fe00010, vr: 'OW', bytes: new Uint8Array(samples.buffer) },
  ];
  return writeDicom({
    dataSet,
    encoding: { explicit: true, littleEndian: true, deflated: false },
    syntax: '1.2.840.10008.1.2.1',
  });
}

function said(tag: number, value: string, vr = vrOf(tag) ?? 'LO'): Element {
  return { tag, vr, bytes: new TextEncoder().encode(value) };
}

function shorts(tag: number, value: number): Element {
  return { tag, vr: 'US', bytes: new Uint8Array(Uint16Array.of(value).buffer) };
}
