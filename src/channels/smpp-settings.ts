/** How a provider wants to be spoken to over SMPP 3.4: what stands in its contract. */
export interface SmppSettings {
  readonly kind: 'smpp';
  /** Short and lasting; receipts are looked up by it. */
  readonly provider: string;
  readonly host: string;
  readonly port: number;
  readonly systemId: string;
  readonly password: string;
  /** Who it is from: a brand name (at most 11 letters), a number with its country code, or a short code. */
  readonly sender: string;
  readonly tls: boolean;
  readonly systemType: string;
  /** One connection for both ways, or one for each: some networks know only the second. */
  readonly bind: 'transceiver' | 'pair';
  readonly answerable: boolean;
  /** VND for one part, by contract; null = not known. */
  readonly pricePerPart: number | null;
  /** Is the other end a simulator? Believed only when it says so itself, on this machine. */
  readonly simulator: boolean;
  /** The most parts under way without an answer. */
  readonly window: number;
  /** The most parts a second that the contract allows; null = no limit. */
  readonly perSecond: number | null;
  /** How long an answer may take before it is taken for lost. */
  readonly timeoutSeconds: number;
  /** How long the network tries to reach a handset. */
  readonly validityHours: number;
  /** Some networks name a message in hexadecimal when they take it, and in decimal in its receipt. */
  readonly receiptIds: 'same' | 'hex-of-decimal';
}

/** What holds where the contract says nothing else. */
export const smppDefaults = {
  kind: 'smpp',
  tls: false,
  systemType: '',
  bind: 'transceiver',
  answerable: false,
  pricePerPart: null,
  simulator: false,
  window: 50,
  perSecond: null,
  timeoutSeconds: 30,
  validityHours: 48,
  receiptIds: 'same',
} as const satisfies Partial<SmppSettings>;

/** The name by which our simulator signs on, and by which a real network never does. */
export const SIMULATOR_NAME = 'LANTOA-SIM';
