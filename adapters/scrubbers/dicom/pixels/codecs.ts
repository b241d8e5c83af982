import { mayDecode } from './claimed.ts';
import type { Layout } from './layout.ts';

type Codecs = typeof import('dcmjs-codecs');

/** A frame decoded: samples in little-endian words of the bits allocated. They may be the file's own bytes. */
export interface Decoded {
  readonly bytes: Uint8Array;
  readonly photometric: string;
  readonly planar: boolean;
}

type Kind = 'rle' | 'jpeg' | 'jpeg-ls' | 'jpeg-2000' | 'ht-jpeg-2000';

const kinds: Readonly<Record<string, Kind>> = {
  '1.2.840.10008.1.2.5': 'rle',
  '1.2.840.10008.1.2.4.50': 'jpeg',
  '1.2.840.10008.1.2.4.51': 'jpeg',
  '1.2.840.10008.1.2.4.57': 'jpeg',
  '1.2.840.10008.1.2.4.70': 'jpeg',
  '1.2.840.10008.1.2.4.80': 'jpeg-ls',
  '1.2.840.10008.1.2.4.81': 'jpeg-ls',
  '1.2.840.10008.1.2.4.90': 'jpeg-2000',
  '1.2.840.10008.1.2.4.91': 'jpeg-2000',
  '1.2.840.10008.1.2.4.201': 'ht-jpeg-2000',
  '1.2.840.10008.1.2.4.202': 'ht-jpeg-2000',
  '1.2.840.10008.1.2.4.203': 'ht-jpeg-2000',
};

export const RLE = '1.2.840.10008.1.2.5';

export const kindOf = (syntax: string): Kind | undefined => kinds[syntax];

let loading: Promise<void> | undefined;
let loaded: Codecs | undefined;

/** Loads the decoders (WebAssembly), once in a process: slices that are not compressed need none. */
export function loadCodecs(): Promise<void> {
  loading ??= load();
  return loading;
}

async function load(): Promise<void> {
  const { default: codecs } = await import('dcmjs-codecs');
  await codecs.NativeCodecs.initializeAsync({ logCodecsInfo: false, logCodecsTrace: false });
  loaded = codecs;
}

function codecsLoaded(): Codecs {
  if (!loaded) throw new Error('the decoders are not loaded');
  return loaded;
}

/** A frame as the codecs take it. */
function contextOf(
  layout: Layout,
  frame: { readonly encodedBuffer: Uint8Array } | { readonly decodedBuffer: Uint8Array },
) {
  return new (codecsLoaded().Context)({
    width: layout.width,
    height: layout.height,
    bitsAllocated: layout.bitsAllocated,
    bitsStored: layout.bitsStored,
    samplesPerPixel: layout.samples,
    pixelRepresentation: layout.signed ? 1 : 0,
    planarConfiguration: layout.planar ? 1 : 0,
    photometricInterpretation: layout.photometric,
    ...frame,
  });
}

/** Decodes one frame by its transfer syntax; undefined where that is not one of these, or the decoder fails. Codecs have to be loaded. */
export function decodeFrame(syntax: string, encoded: Uint8Array, layout: Layout): Decoded | undefined {
  const kind = kinds[syntax];
  if (!kind || !mayDecode(encoded, layout)) return undefined;
  const { NativeCodecs } = codecsLoaded();
  const context = contextOf(layout, { encodedBuffer: encoded });
  try {
    const done =
      kind === 'rle'
        ? NativeCodecs.decodeRle(context)
        : kind === 'jpeg'
          ? NativeCodecs.decodeJpeg(context, { convertColorspaceToRgb: layout.samples === 3 })
          : kind === 'jpeg-ls'
            ? NativeCodecs.decodeJpegLs(context)
            : kind === 'jpeg-2000'
              ? NativeCodecs.decodeJpeg2000(context)
              : NativeCodecs.decodeHtJpeg2000(context);
    const bytes = done.getDecodedBuffer();
    const expected = (layout.width * layout.height * layout.samples * layout.bitsAllocated) / 8;
    if (!bytes || bytes.length < expected) return undefined;
    return {
      bytes: Uint8Array.from(bytes.subarray(0, expected)),
      photometric: done.getPhotometricInterpretation() ?? layout.photometric,
      planar: done.getPlanarConfiguration() === 1,
    };
  } catch {
    return undefined;
  }
}

/** Encodes one frame by run lengths (PS3.5, annex G). */
export function encodeRle(bytes: Uint8Array, layout: Layout): Uint8Array | undefined {
  const { NativeCodecs } = codecsLoaded();
  const context = contextOf(layout, { decodedBuffer: bytes });
  try {
    const encoded = NativeCodecs.encodeRle(context).getEncodedBuffer();
    return encoded ? Uint8Array.from(encoded) : undefined;
  } catch {
    return undefined;
  }
}
