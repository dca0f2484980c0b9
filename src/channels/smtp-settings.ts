/** How a mail server wants to be spoken to. */
export interface SmtpSettings {
  readonly kind: 'smtp';
  /** Short and lasting. */
  readonly provider: string;
  readonly host: string;
  readonly port: number;
  /** `starttls`: asked for after the greeting, and insisted on; `implicit`: from the first byte (port 465). */
  readonly tls: 'starttls' | 'implicit' | 'none';
  /** null = it lets us send without signing on. */
  readonly user: string | null;
  readonly password: string;
  readonly from: string;
  readonly fromName: string;
  readonly replyTo: string | null;
  /** Where undeliverable mail comes back to, as `bounce+<delivery>@…`; null = to `from`. */
  readonly bounceDomain: string | null;
  /** The most connections at a time. */
  readonly poolSize: number;
  /** The most messages a second that are allowed; null = no limit. */
  readonly perSecond: number | null;
  /** How long handing over one message may take. */
  readonly timeoutSeconds: number;
  readonly checkSeconds: number;
  /** Is the other end a simulator? Believed only when it says so itself, on this machine. */
  readonly simulator: boolean;
}

/** What holds where nothing else is said. */
export const smtpDefaults = { tls: 'starttls', poolSize: 5, timeoutSeconds: 60, checkSeconds: 60 } as const;
