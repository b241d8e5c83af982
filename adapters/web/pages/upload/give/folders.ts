import type { Chosen } from './parcel.ts';

/** Whether the browser lets a whole folder be chosen (File and Directory Entries API); those of phones often do not. */
export const offersFolders = (): boolean =>
  'webkitdirectory' in HTMLInputElement.prototype && !matchMedia('(pointer: coarse)').matches;

/** Has the browser ask for a folder, and gives all files in it. */
export function folderPicker(give: (chosen: readonly Chosen[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.webkitdirectory = true;
  input.addEventListener('change', () =>
    give([...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }))),
  );
  input.click();
}

/** All files that were dropped, those in dropped folders too. What cannot be read is left out. */
export async function droppedFiles(transfer: DataTransfer): Promise<readonly Chosen[]> {
  // The list is gone after the event: everything is taken out of it before anything is waited for.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = [...transfer.files].map((file) => ({ path: file.name, file }));
  if (!entries.some(({ isDirectory }) => isDirectory)) return files;
  return (await Promise.all(entries.map(filesBelow))).flat();
}

async function filesBelow(entry: FileSystemEntry): Promise<readonly Chosen[]> {
  try {
    if (isFile(entry)) {
      const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
      return [{ path: entry.fullPath.replace(/^\//, ''), file }];
    }
    const reader = (entry as FileSystemDirectoryEntry).createReader();
    const found: Chosen[] = [];
    for (;;) {
      // A hundred at a time, until there are no more.
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return found;
      for (const one of some) found.push(...(await filesBelow(one)));
    }
  } catch {
    return [];
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
