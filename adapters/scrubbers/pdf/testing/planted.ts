// PDFs for tests, written by hand so that every hiding place is where the specification puts it.
import { deflateSync } from 'node:zlib';

export type Part = string | { readonly dict: string; readonly stream: Uint8Array | string };

export interface PlantedFile {
  readonly file: Uint8Array;
  /** What was hidden, by hiding place. */
  readonly hidden: ReadonlyMap<string, string>;
  /** What the page shows. */
  readonly shown: readonly string[];
}

/** Writes a PDF of numbered objects (the first is object 1) with a classic cross-reference table. */
export function writePdf(objects: readonly Part[], trailer = '', before = '%PDF-1.7\n'): Buffer {
  const parts: Buffer[] = [Buffer.from(before, 'latin1')];
  const offsets: number[] = [];
  let at = (parts[0] as Buffer).length;
  const push = (bytes: Buffer) => {
    parts.push(bytes);
    at += bytes.length;
  };
  objects.forEach((object, index) => {
    offsets.push(at);
    if (typeof object === 'string') return push(Buffer.from(`${index + 1} 0 obj\n${object}\nendobj\n`, 'latin1'));
    const data = Buffer.from(object.stream as string, 'latin1');
    push(Buffer.from(`${index + 1} 0 obj\n<< ${object.dict} /Length ${data.length} >>\nstream\n`, 'latin1'));
    push(data);
    push(Buffer.from('\nendstream\nendobj\n', 'latin1'));
  });
  const start = at;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  push(
    Buffer.from(
      `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`,
      'latin1',
    ),
  );
  return Buffer.concat(parts);
}

/** A grey JPEG of 8 × 8 pixels with segments of its own before the tables. */
export function jpegWith(segments: readonly (readonly [marker: number, content: string])[]): Buffer {
  const written = segments.map(([marker, content]) => {
    const body = Buffer.from(content, 'latin1');
    return Buffer.concat([Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255]), body]);
  });
  const table = (bytes: string) => Buffer.from(bytes.replace(/\s/g, ''), 'hex');
  return Buffer.concat([
    table('ffd8'),
    ...written,
    Buffer.concat([table('ffdb004300'), Buffer.alloc(64, 1)]),
    table('ffc0000b08 0008 0008 01 01 11 00'),
    table('ffc4001400 01000000000000000000000000000000 00'),
    table('ffc4001410 01000000000000000000000000000000 00'),
    table('ffda0008 01 01 00 00 3f 00'),
    table('3f ffd9'),
  ]);
}

const XMP = (text: string) =>
  `<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:creator="${text}"><dc:title>${text}</dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`;

const ANNOTATIONS =
  'Text FreeText Line Square Circle Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink ' +
  'Popup FileAttachment Sound Movie Screen Widget Link Watermark Redact PrinterMark TrapNet 3D RichMedia';

/** A document with a different text in every hiding place that the tests know. */
export function plantedPdf(): PlantedFile {
  const hidden = new Map<string, string>();
  const plant = (place: string) => {
    const text = `Secret${String(hidden.size).padStart(3, '0')}Q${Array.from(place)
      .map((c) => c.charCodeAt(0).toString(36))
      .join('')
      .slice(0, 14)}`;
    hidden.set(place, text);
    return text;
  };
  const s = (place: string) => `(${plant(place)})`;
  const utf16 = (place: string) => `<FEFF${Buffer.from(plant(place), 'utf16le').swap16().toString('hex')}>`;
  const objects: Part[] = [];
  const add = (part: Part) => {
    objects.push(part);
    return `${objects.length} 0 R`;
  };
  const later = () => add('null');
  const put = (ref: string, part: Part) => {
    objects[Number.parseInt(ref, 10) - 1] = part;
  };
  const flate = (dict: string, text: string): Part => ({
    dict: `${dict} /Filter /FlateDecode`,
    stream: deflateSync(Buffer.from(text, 'latin1')),
  });

  const [catalog, tree, page] = [later(), later(), later()];
  const xmp = (place: string) => add({ dict: '/Type /Metadata /Subtype /XML', stream: XMP(plant(place)) });
  const layer = add(
    `<< /Type /OCG /Name ${s('layer name')} /Usage << /CreatorInfo << /Creator ${s('layer creator')} /Subtype /Artwork >> >> >>`,
  );
  const shownLayer = add(`<< /Type /OCG /Name ${utf16('visible layer name')} >>`);
  const membership = add(`<< /Type /OCMD /OCGs [${layer}] /P /AllOn >>`);
  const file = add(flate('/Type /EmbeddedFile', plant('embedded file')));
  const filespec = add(
    `<< /Type /Filespec /F ${s('file name')} /UF ${utf16('file name, unicode')} /Desc ${s('file description')} /EF << /F ${file} >> >>`,
  );
  const script = add({ dict: '', stream: `app.alert("${plant('script stream')}")` });
  const font = add(
    `<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /Metadata ${xmp('font XMP')} /PieceInfo << /A ${s('font private')} >> >>`,
  );
  const image = add({
    dict: `/Type /XObject /Subtype /Image /Width 8 /Height 8 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode /Metadata ${xmp('image XMP')} /OPI << /1.3 << /F ${s('OPI')} >> >> /Alternates [<< /Image ${add({ dict: '/Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8', stream: plant('alternate image') })} >>] /Measure << /R ${s('measure')} >>`,
    stream: Buffer.concat([
      jpegWith([
        [0xe1, `Exif\0\0${plant('JPEG EXIF')}`],
        [0xe1, `http://ns.adobe.com/xap/1.0/\0${plant('JPEG XMP')}`],
        [0xed, `Photoshop 3.0\0${plant('JPEG IPTC')}`],
        [0xee, `Adobe\0\x64\0\0\0\0\0${plant('JPEG APP14 tail')}`],
        [0xfe, plant('JPEG comment')],
      ]),
      Buffer.from(plant('after the end of a JPEG')),
    ]),
  });
  const raw = add({
    dict: '/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode',
    stream: Buffer.concat([
      deflateSync(Buffer.concat([Buffer.from([0, 255, 255, 0]), Buffer.from(plant('samples behind the picture'))])),
      Buffer.from(plant('behind the flate data')),
    ]),
  });
  const form = add({
    dict: `/Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /Font << /F ${font} >> >> /Metadata ${xmp('form XMP')} /LastModified ${s('form date')} /PieceInfo << /B ${s('form private')} >> /Ref << /F ${s('form reference')} >>`,
    stream: `% ${plant('form comment')}\nBT /F 9 Tf 5 5 Td (Shown in a form) Tj ET`,
  });
  const offForm = add({
    dict: `/Type /XObject /Subtype /Form /BBox [0 0 100 100] /OC ${layer}`,
    stream: `BT /F 9 Tf (${plant('form of a hidden layer')}) Tj ET`,
  });
  const unused = add({
    dict: '/Type /XObject /Subtype /Form /BBox [0 0 9 9]',
    stream: `(${plant('form that nothing draws')}) pop`,
  });
  const properties = add(`<< /ActualText ${s('ActualText by resource')} /Lang ${s('language')} >>`);
  const inline = jpegWith([[0xfe, plant('inline JPEG comment')]]);
  const content = Buffer.concat([
    Buffer.from(
      `% ${plant('content comment')}
      /JohnDoeFont 24 Tf (${plant('stray operands')}) 3 w
      BT /F1 24 Tf 50 700 Td (Visible heading) Tj ET
      /Span << /ActualText ${s('ActualText inline')} /Alt ${utf16('Alt inline')} >> BDC BT /F1 12 Tf 50 650 Td [(Kerned )-20(words)] TJ ET EMC
      /Span /P0 BDC BT /F1 12 Tf 50 630 Td (Marked) Tj ET EMC
      /${plant('marked-content tag')} MP /X << /K ${s('DP property')} >> DP
      /OC /L0 BDC BT /F1 12 Tf 50 600 Td (${plant('text of a hidden layer')}) Tj ET /Fm9 Do EMC
      /OC /L1 BDC BT /F1 12 Tf 50 580 Td (Shown layer) Tj ET EMC
      /OC /M0 BDC BT /F1 12 Tf 50 570 Td (${plant('text of a hidden membership')}) Tj ET EMC
      q BT /F1 12 Tf 3 Tr 50 560 Td (${plant('invisible text')}) Tj [(${plant('invisible kerned text')})] TJ ET Q
      q 100 0 0 100 300 300 cm /Im1 Do Q q 20 0 0 20 300 500 cm /Im2 Do Q /Fm1 Do /Off Do
      q 50 0 0 50 400 600 cm BI /W 8 /H 8 /CS /G /BPC 8 /F /DCT /${plant('inline image key')} ${s('inline image value')} ID `,
      'latin1',
    ),
    inline,
    Buffer.from(`\nEI Q\n(${plant('unknown operator')}) zz\n`, 'latin1'),
  ]);
  const contents = add({ dict: '', stream: content });

  const annotations = ANNOTATIONS.split(' ').map((type) => {
    const appearance = add({
      dict: `/Type /XObject /Subtype /Form /BBox [0 0 90 20] /Resources << /Font << /F ${font} >> >>`,
      stream: `BT /F 9 Tf (${plant(`${type} appearance`)}) Tj ET`,
    });
    return add(
      `<< /Type /Annot /Subtype /${type} /Rect [10 10 100 30] /P ${page} /Contents ${s(`${type} contents`)} /T ${utf16(`${type} author`)} /NM ${s(`${type} name`)} /Subj ${s(`${type} subject`)} /RC ${s(`${type} rich text`)} /M ${s(`${type} date`)} /DA ${s(`${type} default appearance`)} /AP << /N ${appearance} >> ${
        type === 'Widget'
          ? `/FT /Tx /V ${s('field value')} /DV ${s('field default')} /TU ${s('field tool tip')} /TM ${s('field mapping')} /MK << /CA ${s('widget caption')} >> /AA << /K << /S /JavaScript /JS ${s('field script')} >> >>`
          : ''
      } ${type === 'Link' ? `/A << /S /URI /URI ${s('link address')} >> /PA << /S /URI /URI ${s('former link')} >>` : ''} ${type === 'FileAttachment' ? `/FS ${filespec}` : ''} ${
        type === 'Redact' ? `/OverlayText ${s('redaction overlay')}` : ''
      } >>`,
    );
  });
  const xfa = add({
    dict: '',
    stream: `<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"><field>${plant('XFA')}</field></xdp:xdp>`,
  });
  const signature = add(
    `<< /Type /Sig /Filter /Adobe.PPKLite /Name ${s('signer')} /Location ${s('signing place')} /Reason ${s('signing reason')} /ContactInfo ${s('signer contact')} /Contents <00> /ByteRange [0 0 0 0] >>`,
  );
  const sigField = add(`<< /FT /Sig /T ${s('signature field')} /V ${signature} >>`);
  const outlines = later();
  const outline = add(
    `<< /Title ${utf16('bookmark')} /Parent ${outlines} /A << /S /GoToR /F ${s('remote file')} /D [0 /Fit] >> >>`,
  );
  put(outlines, `<< /Type /Outlines /First ${outline} /Last ${outline} /Count 1 >>`);
  const structure = later();
  const element = add(
    `<< /Type /StructElem /S /P /P ${structure} /Pg ${page} /K 0 /Alt ${s('structure Alt')} /ActualText ${s('structure ActualText')} /T ${s('structure title')} /E ${s('structure expansion')} /ID ${s('structure id')} /A << /O /${plant('structure owner')} >> >>`,
  );
  put(
    structure,
    `<< /Type /StructTreeRoot /K ${element} /ClassMap << /${plant('class name')} << >> >> /RoleMap << /${plant('role name')} /P >> >>`,
  );
  const thread = add(`<< /Type /Thread /I << /Title ${s('article title')} /Author ${s('article author')} >> >>`);
  const bead = add(`<< /Type /Bead /T ${thread} /P ${page} /R [0 0 9 9] >>`);
  const info = add(
    `<< /Title ${s('Info title')} /Author ${utf16('Info author')} /Subject ${s('Info subject')} /Keywords ${s('Info keywords')} /Creator ${s('Info creator')} /Producer ${s('Info producer')} /CreationDate ${s('Info date')} /ModDate ${s('Info change')} /Patient ${s('Info custom')} /Trapped /${plant('Info trapped')} >>`,
  );
  add(`<< /Left ${s('unreferenced object')} >>`);
  add(flate('', plant('unreferenced stream')));
  put(
    page,
    `<< /Type /Page /Parent ${tree} /MediaBox [0 0 612 792] /Contents ${contents} /Annots [${annotations.join(' ')}] /Metadata ${xmp('page XMP')} /LastModified ${s('page date')} /PieceInfo << /App << /LastModified ${s('private date')} /Private ${s('page private')} >> >> /Thumb ${add({ dict: '/Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8', stream: plant('thumbnail') })} /B [${bead}] /AA << /O << /S /JavaScript /JS ${s('page script')} >> >> /StructParents 0 /ID ${s('web capture id')} /PZ 1 /Tabs /S /VP [<< /Name ${s('viewport')} >>] /PresSteps << /NA << /S /URI /URI ${s('presentation')} >> >> /${plant('unknown page key')} ${s('unknown page value')} /Resources << /Font << /F1 ${font} /JohnDoeFont ${font} >> /XObject << /Im1 ${image} /Im2 ${raw} /Fm1 ${form} /Fm9 ${form} /Off ${offForm} /${plant('resource name')} ${unused} >> /Properties << /P0 ${properties} /L0 ${layer} /L1 ${shownLayer} /M0 ${membership} >> >> >>`,
  );
  put(tree, `<< /Type /Pages /Kids [${page}] /Count 1 /Note ${s('page tree')} >>`);
  put(
    catalog,
    `<< /Type /Catalog /Pages ${tree} /Lang ${s('document language')} /Metadata ${xmp('document XMP')} /Outlines ${outlines} /StructTreeRoot ${structure} /MarkInfo << /Marked true >> /PageLabels << /Nums [0 << /P ${s('page label')} >>] >> /OpenAction << /S /JavaScript /JS ${s('open action')} >> /AA << /WC << /S /JavaScript /JS ${script} >> >> /Names << /EmbeddedFiles << /Names [${s('attachment name')} ${filespec}] >> /JavaScript << /Names [${s('script name')} << /S /JavaScript /JS ${s('named script')} >>] >> /Dests << /Names [${s('destination')} [${page} /Fit]] >> /IDS << /Names [${s('web capture name')} null] >> /URLS << /Names [${s('web capture address')} null] >> >> /Dests << /${plant('old destination')} [${page} /Fit] >> /AcroForm << /Fields [${sigField} ${annotations[ANNOTATIONS.split(' ').indexOf('Widget')]}] /DA ${s('form default')} /XFA [(template) ${xfa}] >> /OCProperties << /OCGs [${layer} ${shownLayer}] /D << /Name ${s('configuration')} /Creator ${s('configuration creator')} /OFF [${layer}] /Order [${s('layer order label')} ${layer}] >> >> /PieceInfo << /X << /Private ${s('document private')} >> >> /Threads [${thread}] /OutputIntents [<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ${s('output intent')} /Info ${s('output intent info')} >>] /SpiderInfo << /V 1 /C [<< /URL ${s('web capture command')} >>] >> /URI << /Base ${s('base address')} >> /Perms << /DocMDP ${signature} >> /Legal << /Attestation ${s('legal attestation')} >> /ViewerPreferences << /X ${s('viewer preference')} >> /Collection << /D ${s('portfolio')} >> /DSS << /VRI << >> /X ${s('DSS')} >> /AF [${filespec}] /Extensions << /X ${s('extension')} >> >>`,
  );
  const base = writePdf(
    objects,
    `/Info ${info} /ID [${s('first identifier')} ${s('second identifier')}] /Extra ${s('trailer entry')}`,
    `%PDF-1.7\n% ${plant('header comment')}\n`,
  );
  return {
    file: Buffer.concat([base, Buffer.from(`${plant('after the end')}\n`, 'latin1')]),
    hidden,
    shown: ['Visible heading', 'Kerned words', 'Marked', 'Shown layer', 'Shown in a form'],
  };
}

/** Adds a revision to a file: object `number` is replaced, the old one stays in the bytes (7.5.6). */
export function revise(file: Uint8Array, number: number, object: string): Buffer {
  const base = Buffer.from(file);
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(base.toString('latin1'))?.[1] ?? '0';
  const size = /\/Size (\d+)/.exec(base.toString('latin1'))?.[1] ?? '0';
  const start = base.length + `${number} 0 obj\n${object}\nendobj\n`.length;
  return Buffer.concat([
    base,
    Buffer.from(
      `${number} 0 obj\n${object}\nendobj\nxref\n${number} 1\n${String(base.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${size} /Root 1 0 R /Prev ${previous} >>\nstartxref\n${start}\n%%EOF\n`,
      'latin1',
    ),
  ]);
}

/** One page with this content and the font /F1. */
export function pageWith(content: string | Uint8Array, resources = '', more: readonly Part[] = []): Buffer {
  return writePdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> ${resources} >> >>`,
    { dict: '', stream: content },
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...more,
  ]);
}
