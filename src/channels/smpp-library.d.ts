/** What is used of the package `smpp`, which brings no types of its own. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server, Socket } from 'node:net';

  /** A text as the package decodes it by `data_coding`; bytes where it knows no decoding. `udh`: the elements, one each. */
  interface ShortMessage {
    readonly message: string | Buffer;
    readonly udh?: readonly Buffer[];
  }

  interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    readonly system_id?: string;
    readonly password?: string;
    readonly message_id?: string;
    readonly source_addr_ton?: number;
    readonly source_addr?: string;
    readonly destination_addr?: string;
    readonly esm_class?: number;
    readonly registered_delivery?: number;
    readonly data_coding?: number;
    readonly short_message?: ShortMessage;
    readonly message_payload?: ShortMessage;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    readonly network_error_code?: Buffer;
    readonly sar_msg_ref_num?: number;
    readonly sar_total_segments?: number;
    readonly sar_segment_seqnum?: number;
    isResponse(): boolean;
    response(fields?: Fields): Pdu;
  }

  type Fields = Readonly<Record<string, unknown>>;
  type Answered = (answer: Pdu) => void;
  type Request = (fields: Fields, answered?: Answered) => boolean;

  class Session extends EventEmitter {
    readonly socket: Socket;
    /** False: the socket takes nothing more, so nothing was written. */
    send(pdu: Pdu, answered?: Answered, written?: () => void): boolean;
    bind_transceiver: Request;
    bind_transmitter: Request;
    bind_receiver: Request;
    submit_sm: Request;
    deliver_sm: Request;
    enquire_link: Request;
    unbind: Request;
    close(closed?: () => void): void;
    destroy(closed?: () => void): void;
  }

  interface Encoding {
    match(text: string): boolean;
    encode(text: string): Buffer;
    decode(bytes: Buffer): string;
  }

  const smpp: {
    connect(options: { host: string; port: number; tls: boolean; servername?: string }): Session;
    createServer(options: object, listener: (session: Session) => void): Server;
    readonly commands: Readonly<Record<string, unknown>>;
    /** `ASCII` is GSM 03.38, one septet in each byte. */
    readonly encodings: { readonly ASCII: Encoding };
  };
  export default smpp;
  export type { Fields, Pdu, Session };
}
