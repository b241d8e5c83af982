/** Sign-in with EU Login (or another OpenID provider). */
export interface SignIn {
  /** The address to send the person to. `state` has been bound to the person by the caller, and is used once. */
  start(state: string): Promise<{ readonly url: string; readonly secrets: string }>;
  /** Checks what came back. Throws SignInRefused with a code. */
  finish(
    callbackUrl: string,
    state: string,
    secrets: string,
  ): Promise<{
    readonly subject: string;
    readonly email?: string;
    readonly secondFactor: boolean;
    readonly at: string;
  }>;
}

export class SignInRefused extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
