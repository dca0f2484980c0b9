import { keepsAnswers, keepsItsPromises, keepsReceipts } from '../support/channel-kit.ts';
import { smppBench } from '../support/smpp-bench.ts';

const pair = () => smppBench({ bind: 'pair' });
for (const keeps of [keepsItsPromises, keepsReceipts, keepsAnswers]) {
  keeps('SMPP', () => smppBench());
  keeps('SMPP with a connection for each way', pair);
}
