/** Readers of PDF look for its header in so many first bytes; readers of zip for its end in so many last ones. */
const HEAD = 1024;
const TAIL = 65_557;

/** Whether a picture is a PDF or a zip archive (an Office file, a program) as well to whoever looks for one: built to be two things at once. */
export function isPolyglot(file: Uint8Array): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const end = bytes.subarray(Math.max(0, bytes.length - TAIL)).lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const archive = end >= 0 && bytes.indexOf('PK\x01\x02', 0, 'latin1') >= 0;
  return archive || bytes.subarray(0, HEAD).includes('%PDF-', 0, 'latin1');
}
