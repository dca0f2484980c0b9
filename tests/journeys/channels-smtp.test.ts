import { keepsItsPromises } from '../support/channel-kit.ts';
import { mailBench } from '../support/mail-sink.ts';

keepsItsPromises('SMTP', mailBench);
