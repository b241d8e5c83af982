declare module 'heic-decode' {
  /** Decodes the main picture of a HEIC file to red, green, blue and alpha. */
  export default function decode(file: {
    readonly buffer: Uint8Array;
  }): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8ClampedArray }>;
}
