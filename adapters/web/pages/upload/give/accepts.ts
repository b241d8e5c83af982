const endings = [
  'pdf',
  'jpg',
  'jpeg',
  'png',
  'tif',
  'tiff',
  'webp',
  'heic',
  'heif',
  'txt',
  'csv',
  'docx',
  'xlsx',
  'pptx',
  'odt',
  'ods',
  'odp',
  'dcm',
  'dicom',
  'ima',
  'zip',
] as const;
const types = [
  'application/pdf',
  'image/jpeg',
  'image/png',
  'image/tiff',
  'image/webp',
  'image/heic',
  'image/heif',
  'text/plain',
  'text/csv',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/dicom',
  'application/zip',
  'application/x-zip-compressed',
] as const;

/** For a file input: types for the phone's camera and gallery, endings for the desktop's dialog. */
export const accept = [...types, ...endings.map((ending) => `.${ending}`)].join(',');

/** Whether a file is an archive by its name or type: then it may be as large as many files together. */
export const isArchive = ({ name, type }: { readonly name: string; readonly type: string }): boolean =>
  /\.zip$/i.test(name) || type === 'application/zip' || type === 'application/x-zip-compressed';

/** Whether a file may be DICOM by its name or type: the images of a study often have neither ending nor type. */
export const mayBeDicom = ({ name, type }: { readonly name: string; readonly type: string }): boolean =>
  /\.(?:dcm|dicom|ima)$/i.test(name) || type === 'application/dicom' || (type === '' && !/\.[a-z]+$/i.test(name));

/** Why a file is not worth sending, as a key of the page's words; undefined where it is. The server decides; this saves a long upload. */
export function unfit(
  file: { readonly name: string; readonly type: string; readonly size: number },
  limit: number,
): 'empty' | 'tooLarge' | 'tooLargeDicom' | 'office' | 'otherKind' | undefined {
  if (file.size === 0) return 'empty';
  if (file.size > limit) return mayBeDicom(file) ? 'tooLargeDicom' : 'tooLarge';
  const ending = /\.([a-z0-9]+)$/i.exec(file.name)?.[1]?.toLowerCase() ?? '';
  if (/^(doc|xls|ppt)[mb]?$|^rtf$/.test(ending)) return 'office';
  // The images of a study often have no ending at all.
  if (ending === '' && file.type === '') return undefined;
  const known = [...endings, ...types] as readonly string[];
  return known.includes(ending) || known.includes(file.type) ? undefined : 'otherKind';
}
