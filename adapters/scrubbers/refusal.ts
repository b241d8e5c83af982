import type { ScrubRefusal } from '../../domain/ports.ts';

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

/** Anything unforeseen is the file's doing as far as anyone can tell: it is not let through. */
export function refusalOf(error: unknown): ScrubRefusal {
  const refusal = error instanceof Refusal ? error : undefined;
  const reason = refusal?.code ?? 'corrupt';
  return { outcome: 'refused', reason, ...(refusal?.params ? { params: refusal.params } : {}) };
}
