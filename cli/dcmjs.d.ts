declare module 'dcmjs' {
  export const data: {
    readonly DicomMetaDictionary: { readonly nameMap: Readonly<Record<string, unknown>> };
    readonly DicomMessage: { readFile(bytes: ArrayBuffer, options?: object): { readonly dict: unknown } };
  };
}
