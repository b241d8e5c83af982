/** Thrown inside the child when a file is refused; `code` is what the outcome carries as its reason. */
export class Refusal extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>> | undefined;
  constructor(code: string, params?: Readonly<Record<string, string | number>>) {
    super(code);
    this.code = code;
    this.params = params;
  }
}
