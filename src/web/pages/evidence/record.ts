import { recordBulletin, recordLoudspeaker, recordPoster, recordZaloPost } from '../../../modules/broadcast/index.ts';
import {
  type areaProofs,
  type listProofs,
  recordLeaflets,
  recordLeafletsLeft,
} from '../../../modules/delivery/index.ts';
import { peopleDiffer, recordMeeting } from '../../../modules/gatherings/index.ts';
import type { TextRow } from '../../../modules/reach/index.ts';
import { invalid } from '../../../shared/errors.ts';
import type { PageRequest } from '../../page.ts';
import { textOf, textsOf } from '../../typed.ts';
import type { RecordedKind } from './may-record.ts';
import { recordInput } from './record-fields.tsx';

/** Records what was played or shown in the ticked villages. */
export const recordArea = async (request: PageRequest, lineId: string, kind: RecordedKind) => {
  const { form, execute } = request;
  const input = {
    ...recordInput(form, kind),
    lineId,
    proof: textOf(form, 'proof') as (typeof areaProofs)[number],
    villageIds: [...textsOf(form, 'villageIds')],
  };
  switch (kind) {
    case 'zalo':
      return execute(recordZaloPost, input);
    case 'poster':
      return execute(recordPoster, input);
    case 'bulletin':
      return execute(recordBulletin, input);
    case 'leaflet-left':
      return execute(recordLeafletsLeft, input);
    default:
      return execute(recordLoudspeaker, input);
  }
};

interface ListSent {
  readonly lineId: string;
  readonly villageId: string;
  readonly rows?: TextRow[];
  readonly commit: boolean;
}

/** The households ticked: who answered or registered was there, also when the first tick was forgotten. */
const ticked = ({ form }: Pick<PageRequest, 'form'>) => {
  const [present, answered, acted] = ['present', 'answered', 'acted'].map((name) => new Set(textsOf(form, name)));
  return [...new Set([...present!, ...answered!, ...acted!])].map((subjectId) => ({
    subjectId,
    answered: answered!.has(subjectId),
    acted: acted!.has(subjectId),
  }));
};

/** Asks back, before anything is written, where the number of people and the households ticked cannot both be so. */
export const requirePeople = (request: Pick<PageRequest, 'form'>): void => {
  const { people } = recordInput(request.form, 'meeting') as { people?: number | null };
  const households = ticked(request).length;
  if (!peopleDiffer(people ?? null, households)) return;
  const params = { people: people ?? 0, households };
  throw invalid('meeting.people', params, [{ path: 'people', code: 'meeting.people', params }]);
};

/** Records a list of one village: the rows of its file, or the households ticked on the form. */
export const recordList = async (request: PageRequest, kind: RecordedKind, { rows, ...sent }: ListSent) => {
  const { form, execute } = request;
  const households = ticked(request);
  const input = {
    ...recordInput(form, kind),
    ...sent,
    proof: textOf(form, 'proof') as (typeof listProofs)[number],
    ...(rows ? { rows: rows.map(({ row, cells }) => ({ row, cells: [...cells] })) } : { households }),
  };
  return kind === 'meeting' ? execute(recordMeeting, input) : execute(recordLeaflets, input);
};
