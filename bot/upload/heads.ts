/** Whether a file's first bytes may be those of a zip (PKWARE APPNOTE 4.3.7). */
export const startsAsZip = ([first, second]: Uint8Array): boolean => first === 0x50 && second === 0x4b;

/** How many of a file's first bytes tell whether it is DICOM. */
export const DICOM_HEAD = 132;
const PREAMBLE = 128;

/** Whether a file's first bytes are those of a DICOM file with its preamble (PS3.10, 7.1). */
export const isDicom = (head: Uint8Array): boolean =>
  head.length >= DICOM_HEAD && String.fromCharCode(...head.subarray(PREAMBLE, DICOM_HEAD)) === 'DICM';
